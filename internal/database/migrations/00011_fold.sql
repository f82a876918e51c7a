-- +goose Up
{{.Fold}}
