// Package benchmarks measures what people wait for, through the front door, beside the plain SQL of the same question
// through the same driver in the same run. It has no code of its own; docs/performance.md holds its figures.
package benchmarks
