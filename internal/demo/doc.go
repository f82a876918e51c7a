// Package demo makes the sample organization of `assay demo`: it runs our own actions as the sample's people, on a clock
// that starts some two weeks ago and ends now, so that everything it shows came about the way it does in real use.
// Nobody in it is real.
package demo
