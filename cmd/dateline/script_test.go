package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"io"
	"os"
	"os/exec"
	"strconv"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

// TestMain lets the test binary be dateline itself when it is started under
// that name: the scripts and the crash test drive real processes.
func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"dateline": main})
}

// TestScripts runs testdata/script: what users type and what they get.
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir: "testdata/script",
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"exits":  exits,
			"server": startScriptServer,
		},
		Condition: func(cond string) (bool, error) {
			if cond == "root" {
				return os.Geteuid() == 0, nil
			}
			return false, errors.New("unknown condition " + cond)
		},
	})
}

// exits runs a command and demands its exit code: `exits 3 dateline tag …`.
func exits(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: exits CODE COMMAND [ARG]...")
	}
	want, err := strconv.Atoi(args[0])
	ts.Check(err)
	got := 0
	var exit *exec.ExitError
	if err := ts.Exec(args[1], args[2:]...); errors.As(err, &exit) {
		got = exit.ExitCode()
	} else {
		ts.Check(err)
	}
	if got != want {
		ts.Fatalf("exit code %d, want %d", got, want)
	}
}

// startScriptServer starts a server on a folder until the script ends, and
// sets ADDR to where it answers.
func startScriptServer(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 1 {
		ts.Fatalf("usage: server FOLDER [FLAG]...")
	}
	p, err := startServer(ts.Getenv("WORK"), args[0], args[1:]...)
	ts.Check(err)
	ts.Defer(func() {
		if err := p.stop(); err != nil {
			ts.Logf("server: %v", err)
		}
	})
	ts.Setenv("ADDR", p.addr)
	ts.Setenv("HTTP", p.http)
}

// process is a server in a process of its own.
type process struct {
	cmd        *exec.Cmd
	addr, http string
}

// startServer starts `dateline serve` in a working directory, on a free port,
// and waits until it says where it answers.
func startServer(dir, folder string, flags ...string) (*process, error) {
	self, err := os.Executable()
	if err != nil {
		return nil, err
	}
	args := append([]string{"dateline", "serve", "--data", folder, "--addr", "localhost:0", "--format", "json"}, flags...)
	cmd := &exec.Cmd{Path: self, Args: args, Dir: dir, Stderr: os.Stderr}
	stdout, err := cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := cmd.Start(); err != nil {
		return nil, err
	}
	var hello struct{ Addr, HTTP string }
	first, err := bufio.NewReader(stdout).ReadBytes('\n')
	if err == nil {
		err = json.Unmarshal(first, &hello)
	}
	if err != nil {
		return nil, errors.Join(err, cmd.Process.Kill(), cmd.Wait())
	}
	return &process{cmd, hello.Addr, hello.HTTP}, nil
}

// stop ends the server gracefully.
func (p *process) stop() error {
	return errors.Join(p.cmd.Process.Signal(os.Interrupt), p.cmd.Wait())
}

// kill ends it as a power cut would.
func (p *process) kill() error {
	err := p.cmd.Process.Kill()
	_ = p.cmd.Wait() // tells only that it was killed
	return err
}

// dateline runs a command in this process.
func dateline(t *testing.T, stdin io.Reader, args ...string) (code int, stdout, stderr string) {
	t.Helper()
	var out, errs buffer
	code = run(context.Background(), args, stdin, &out, &errs)
	return code, out.String(), errs.String()
}
