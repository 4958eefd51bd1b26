package sigma

import sigmago "github.com/bradleyjkemp/sigma-go"

// goQuant keeps the quantifier where sigma-go reads it as we do, and otherwise writes out the searches it speaks of.
func goQuant(q *CondQuant, det *Detection) sigmago.SearchExpr {
	searches := q.Searches(det)
	if same := q.Count <= 1 && !q.hides(det); same && q.Them {
		if q.All {
			return sigmago.AllOfThem{}
		}
		return sigmago.OneOfThem{}
	} else if same && len(searches) > 0 && q.Pattern != searches[0].Name.Value {
		if q.All {
			return sigmago.AllOfPattern{Pattern: q.Pattern}
		}
		return sigmago.OneOfPattern{Pattern: q.Pattern}
	}
	count := q.Count
	if q.All {
		count = len(searches)
	}
	return atLeast(count, searches)
}

// hides reports whether names that begin with "_" are left out, which sigma-go does not do.
func (q *CondQuant) hides(det *Detection) bool {
	pattern := q.Pattern
	if q.Them {
		pattern = "*"
	}
	n := 0
	for _, s := range det.Searches {
		if matchStars(pattern, s.Name.Value) {
			n++
		}
	}
	return n != len(q.Searches(det))
}

// atLeast says that count of the searches hold. Common parts are shared, so that the size is count times searches.
func atLeast(count int, searches []*Search) sigmago.SearchExpr {
	names := make([]sigmago.SearchExpr, len(searches))
	for i, s := range searches {
		names[i] = sigmago.SearchIdentifier{Name: s.Name.Value}
	}
	switch {
	case len(names) == 1 && count == 1:
		return names[0]
	case count == len(names):
		return sigmago.And(names)
	case count == 1 || count > len(names):
		return sigmago.Or(names)
	}
	// row[i] says that, of the searches from i on, the current count hold: the first and one less of the others, or
	// as many of the others.
	row := make([]sigmago.SearchExpr, len(names))
	for i := range names {
		row[i] = sigmago.Or(names[i:])
	}
	for n := 2; n <= count; n++ {
		next := make([]sigmago.SearchExpr, len(names))
		for i := len(names) - n; i >= 0; i-- {
			next[i] = sigmago.And{names[i], row[i+1]}
			if i < len(names)-n {
				next[i] = sigmago.Or{next[i], next[i+1]}
			}
		}
		row = next
	}
	return row[0]
}
