// Command corenlp measures the names of Stanford CoreNLP beside Dateline. It
// needs Java 11 and, once, Maven:
//
//	cd benchmark/corenlp
//	mvn dependency:copy-dependencies -DoutputDirectory=FOLDER
//	go run . -jars FOLDER FILE.conll...
package main

import (
	"bufio"
	"encoding/binary"
	"flag"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"

	"github.com/dateline-news/dateline/benchmark/beside"
	"github.com/dateline-news/dateline/tagger/conll"
)

var types = map[string]string{
	"PERSON": "PER", "ORGANIZATION": "ORG",
	"LOCATION": "LOC", "CITY": "LOC", "COUNTRY": "LOC", "STATE_OR_PROVINCE": "LOC",
}

func main() {
	models := flag.Bool("models", false, "CoreNLP's models alone, without the parts of speech, times and rules of its annotator")
	jars := flag.String("jars", ".", "`FOLDER` of the jars")
	flag.Parse()
	if err := run(*jars, *models, flag.Args()); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(jars string, models bool, files []string) error {
	args := []string{"-Xmx4g", "-cp", filepath.Join(jars, "*"), "Names.java"}
	name := "CoreNLP"
	if models {
		args, name = append(args, "models"), "its models"
	}
	java := exec.Command("java", args...)
	java.Stderr = os.Stderr
	in, err := java.StdinPipe()
	if err != nil {
		return err
	}
	out, err := java.StdoutPipe()
	if err != nil {
		return err
	}
	if err := java.Start(); err != nil {
		return err
	}
	defer func() { _ = java.Process.Kill() }()
	p := process{in: in, out: bufio.NewReader(out)}
	return beside.Main(os.Stdout, name, p.tag, files)
}

// process is a running Names.java, which tells what goes over its pipes.
type process struct {
	in  io.Writer
	out *bufio.Reader
}

func (p process) tag(text string) ([]conll.Name, error) {
	message := append(binary.BigEndian.AppendUint32(nil, uint32(len(text))), text...)
	if _, err := p.in.Write(message); err != nil {
		return nil, err
	}
	var count uint32
	if err := binary.Read(p.out, binary.BigEndian, &count); err != nil {
		return nil, fmt.Errorf("java ended: %w", err)
	}
	offsets := byteOffsets(text)
	var found []conll.Name
	for range count {
		var head struct {
			First, Last uint32
			Length      uint16 // of the type
		}
		if err := binary.Read(p.out, binary.BigEndian, &head); err != nil {
			return nil, err
		}
		typ := make([]byte, head.Length)
		if _, err := io.ReadFull(p.out, typ); err != nil {
			return nil, err
		}
		if t := types[string(typ)]; t != "" {
			found = append(found, conll.Name{First: offsets[head.First], Last: offsets[head.Last], Type: t})
		}
	}
	return found, nil
}

// byteOffsets are the bytes at which the UTF-16 units of a text start, and its
// length.
func byteOffsets(text string) []int {
	var at []int
	for i, r := range text {
		at = append(at, i)
		if r > 0xffff {
			at = append(at, i)
		}
	}
	return append(at, len(text))
}
