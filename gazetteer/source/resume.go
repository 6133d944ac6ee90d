package source

// Resume lets a long reading go on where an earlier one ended. The zero value
// begins at the beginning and tells nobody.
type Resume struct {
	Skip int                   // lines that an earlier reading was done with
	Done func(lines int) error // called now and then: what these lines hold has been emitted

	told int
}

// doneEvery is after how many lines, at least, Done is called.
const doneEvery = 100_000

// done tells that the first n lines are done, now and then.
func (r *Resume) done(n int) error {
	if r.Done == nil || n-max(r.told, r.Skip) < doneEvery {
		return nil
	}
	r.told = n
	return r.Done(n)
}
