package main

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
)

// git runs git in the working folder and returns what it prints. What it complains about is the user's: a revision that
// there is not, a folder that is no repository.
func (env *Env) git(stdin io.Reader, args ...string) ([]byte, error) {
	cmd := exec.Command("git", args...)
	cmd.Dir = env.Dir
	cmd.Stdin = stdin
	var out, complaint bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &complaint
	err := cmd.Run()
	if errors.Is(err, exec.ErrNotFound) {
		return nil, usageError("this needs git, which is not installed")
	}
	if err != nil {
		said, _, _ := strings.Cut(strings.TrimSpace(complaint.String()), "\n")
		return nil, usageError("git: %s", strings.TrimPrefix(said, "fatal: "))
	}
	return out.Bytes(), nil
}

// commit returns the commit that a revision names. A revision that looks like a flag is none.
func (env *Env) commit(revision string) (string, error) {
	if revision == "" || strings.HasPrefix(revision, "-") {
		return "", usageError("%q is no revision", revision)
	}
	out, err := env.git(nil, "rev-parse", "--verify", "--quiet", "--end-of-options", revision+"^{commit}")
	if err != nil {
		if _, outside := env.git(nil, "rev-parse", "--git-dir"); outside != nil {
			return "", outside
		}
		return "", usageError("there is no revision %q", revision)
	}
	return strings.TrimSpace(string(out)), nil
}

// at returns the world as it was at a revision: a folder of its own with the files of the repository that sigc reads. The
// function removes it.
func (env *Env) at(revision string) (*Env, func(), error) {
	commit, err := env.commit(revision)
	if err != nil {
		return nil, nil, err
	}
	prefix, err := env.git(nil, "rev-parse", "--show-prefix")
	if err != nil {
		return nil, nil, err
	}
	dir, err := os.MkdirTemp("", "sigc-")
	if err != nil {
		return nil, nil, failure("compare revisions", err)
	}
	remove := func() { os.RemoveAll(dir) }
	if err := env.export(commit, dir); err != nil {
		remove()
		return nil, nil, err
	}
	old := *env
	old.Dir = filepath.Join(dir, filepath.FromSlash(strings.TrimSuffix(string(prefix), "\n")))
	return &old, remove, nil
}

// read are the kinds of files that sigc reads: rules, configurations, lists and events.
var read = []string{".yml", ".yaml", ".csv", ".json"}

// export writes the files of a commit below a folder.
func (env *Env) export(commit, dir string) error {
	tree, err := env.git(nil, "ls-tree", "-r", "-z", "--full-tree", commit)
	if err != nil {
		return err
	}
	var names []string
	var ids strings.Builder
	for _, entry := range strings.Split(strings.TrimSuffix(string(tree), "\x00"), "\x00") {
		about, name, _ := strings.Cut(entry, "\t")
		fields := strings.Fields(about) // mode, kind, id
		regular := len(fields) == 3 && strings.HasPrefix(fields[0], "100")
		if regular && filepath.IsLocal(name) && slices.Contains(read, strings.ToLower(path.Ext(name))) {
			names = append(names, name)
			fmt.Fprintln(&ids, fields[2])
		}
	}
	blobs, err := env.git(strings.NewReader(ids.String()), "cat-file", "--batch")
	if err != nil {
		return err
	}
	r := bufio.NewReader(bytes.NewReader(blobs))
	for _, name := range names {
		text, err := nextBlob(r)
		if err != nil {
			return failure("read "+name, err)
		}
		file := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(file), 0o700); err != nil {
			return failure("compare revisions", err)
		}
		if err := os.WriteFile(file, text, 0o600); err != nil {
			return failure("compare revisions", err)
		}
	}
	return nil
}

// nextBlob reads "id blob size", the text and a line break, as git cat-file writes them.
func nextBlob(r *bufio.Reader) ([]byte, error) {
	head, err := r.ReadString('\n')
	if err != nil {
		return nil, err
	}
	fields := strings.Fields(head)
	if len(fields) != 3 {
		return nil, fmt.Errorf("git says %q", strings.TrimSpace(head))
	}
	size, err := strconv.Atoi(fields[2])
	if err != nil {
		return nil, err
	}
	text := make([]byte, size+1)
	if _, err := io.ReadFull(r, text); err != nil {
		return nil, err
	}
	return text[:size], nil
}
