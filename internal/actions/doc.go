// Package actions is everything that changes something: one file per verb. An action's struct is its input, Validate
// needs no database, Perform is the table of contents whose steps stand below it in the order they are called.
//
// The Runner owns what all actions share: validate, authorise, transaction, the row of a recorded action with its
// counts, then what follows the commit. Screens, the JSON APIs, the command line and background tasks run the same
// actions; there is no other way to write.
package actions
