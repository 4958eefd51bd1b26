// Command sigc compiles Sigma rules into rules that Microsoft Sentinel, Azure Monitor and Splunk deploy.
package main

import "os"

func main() {
	os.Exit(run(&Env{
		Stdin: os.Stdin, Stdout: os.Stdout, Stderr: os.Stderr,
		Getenv: os.Getenv, Dir: ".", Terminal: isTerminal,
	}, os.Args[1:]))
}
