// Package placeholder draws the picture that stands where somebody has none: a short text on a plain ground.
package placeholder
