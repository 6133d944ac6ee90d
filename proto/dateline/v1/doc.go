// Package datelinev1 is the gRPC API in Go, generated from the .proto files
// beside it; read those for units, formats and limits.
package datelinev1
