package slab

import "testing"

// What is taken is not given out again, however much is taken at once.
func TestOf(t *testing.T) {
	var s Of[int]
	var all [][]int
	for i := range 100 {
		some := s.Take(i % 7)
		if len(some) != i%7 || cap(some) != len(some) {
			t.Fatalf("asked for %d: got %d, with room for %d", i%7, len(some), cap(some))
		}
		for j := range some {
			if some[j] != 0 {
				t.Fatalf("given out twice")
			}
			some[j] = i + 1
		}
		all = append(all, some)
	}
	if got := len(s.Take(2 * most)); got != 2*most {
		t.Errorf("asked for %d: got %d", 2*most, got)
	}
	for i, some := range all {
		for _, v := range some {
			if v != i+1 {
				t.Fatalf("got %d, want %d", v, i+1)
			}
		}
	}
}

func TestExpect(t *testing.T) {
	got := testing.AllocsPerRun(10, func() {
		var s Of[int]
		s.Expect(1000)
		for i := range 1000 {
			s.New(i)
		}
	})
	if got > 1 {
		t.Errorf("%v allocations for 1000 values that were expected", got)
	}
}

func TestNew(t *testing.T) {
	var s Of[string]
	a, b := s.New("a"), s.New("b")
	if *a != "a" || *b != "b" {
		t.Errorf("got %q and %q", *a, *b)
	}
}

// Few allocations are made for many values.
func TestAllocations(t *testing.T) {
	got := testing.AllocsPerRun(10, func() {
		var s Of[int]
		for i := range 1000 {
			s.New(i)
		}
	})
	if got > 20 {
		t.Errorf("%v allocations for 1000 values", got)
	}
}

// What is taken back is given out again, empty, and without an allocation.
func TestReset(t *testing.T) {
	var s Of[string]
	use := func() {
		for range 300 {
			if v := s.New("x"); *v != "x" {
				t.Fatal("not set")
			}
		}
		for _, v := range s.Take(10) {
			if v != "" {
				t.Fatalf("given out with %q in it", v)
			}
		}
		s.Reset()
	}
	use()
	if got := testing.AllocsPerRun(10, use); got > 0 {
		t.Errorf("%v allocations for values that were taken back", got)
	}
}

// What was needed once is not kept: neither what one big rule had, nor what many small values add up to.
func TestKept(t *testing.T) {
	type large [1000]byte
	for _, take := range []func(s *Of[large]){
		func(s *Of[large]) { s.Take(10 * kept / 1000) },
		func(s *Of[large]) {
			for range 10 * kept / 1000 {
				s.Take(1)
			}
		},
	} {
		var s Of[large]
		take(&s)
		s.Reset()
		if len(s.all) > most/1000 {
			t.Errorf("%d values are allocated before anybody asks", len(s.all))
		}
		s.Take(1)
		if got := cap(s.all) * 1000; got > kept {
			t.Errorf("%d bytes are kept", got)
		}
		all := &s.all[0]
		s.Reset()
		if s.Take(1); &s.all[0] != all {
			t.Error("what is small enough is not used again")
		}
	}
}
