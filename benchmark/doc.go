// Package benchmark measures Dateline beside other libraries. It is a module of
// its own, so that what it compares with is no dependency of the product.
//
//	cd benchmark && go test -run '^$' -bench Names -benchtime 2s
//	go test -run '^$' -bench Names -names 10000000 -libraries ours,vellum
package benchmark
