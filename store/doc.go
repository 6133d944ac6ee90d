// Package store keeps tagged articles and answers questions about them over
// time.
package store
