// Package journeys holds the browser tests: few, each a whole job as a person does it. It has no code of its own.
package journeys
