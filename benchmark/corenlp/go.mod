module github.com/dateline-news/dateline/benchmark/corenlp

go 1.26.0

replace (
	github.com/dateline-news/dateline => ../../
	github.com/dateline-news/dateline/benchmark => ../
)

require (
	github.com/dateline-news/dateline v0.0.0
	github.com/dateline-news/dateline/benchmark v0.0.0-00010101000000-000000000000
)

require (
	github.com/blevesearch/mmap-go v1.2.0 // indirect
	github.com/cespare/xxhash/v2 v2.3.0 // indirect
	github.com/jdkato/prose/v3 v3.2.3 // indirect
	github.com/klauspost/compress v1.20.3 // indirect
	golang.org/x/net v0.61.0 // indirect
	golang.org/x/sys v0.49.0 // indirect
	golang.org/x/text v0.43.0 // indirect
	gopkg.in/neurosnap/sentences.v1 v1.0.6 // indirect
)
