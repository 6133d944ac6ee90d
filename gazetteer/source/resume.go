package source

import "io"

// Resume lets a long reading go on where an earlier one ended. The zero value
// begins at the beginning and tells nobody.
type Resume struct {
	Skip int                   // lines that an earlier reading was done with
	Done func(lines int) error // called now and then: what these lines hold has been emitted
}

// doneEvery is after how many lines Done is called.
const doneEvery = 100_000

// done tells that the first n lines are done, now and then.
func (r Resume) done(n int) error {
	if r.Done == nil || n%doneEvery != 0 {
		return nil
	}
	return r.Done(n)
}

// eachLine is [eachLine] for the lines that are left. The error of Done ends
// the reading.
func (r Resume) eachLine(in io.Reader, f func(n int, line []byte) error) error {
	var fatal error
	err := eachLine(in, func(n int, line []byte) error {
		if n <= r.Skip || fatal != nil {
			return nil
		}
		err := f(n, line)
		fatal = r.done(n)
		return err
	})
	if fatal != nil {
		return fatal
	}
	return err
}
