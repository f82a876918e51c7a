// Package testkit gives tests one small named world on both databases: Rita recruits for Acme, Paul sits on her panel,
// Ada administers, Cleo and Dev are candidates, Otto belongs to another organization. It is imported by tests only.
package testkit
