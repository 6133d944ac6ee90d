// Package benchmark measures Dateline beside other libraries and databases. It
// is a module of its own, so that what it compares with is no dependency of the
// product.
//
//	cd benchmark && go test -run '^$' -bench Names -benchtime 2s
//	go test -run '^$' -bench Names -names 10000000 -libraries ours,vellum -keep /tmp/names
//
// Beside PostgreSQL 15, on an archive that the benchmarks of store made:
//
//	cd benchmark && ./postgres.sh /tmp/pg start
//	go test -run '^$' -bench Postgres -archive /tmp/million -timeout 1h
//
// Package beside and the modules prose2 and prose3 compare the names found with
// those of stock prose, whose two versions are modules of their own.
package benchmark
