package main

import (
	"reflect"
	"testing"
)

func TestChangedLines(t *testing.T) {
	got := changedLines(`diff --git a/x y.yml b/x y.yml
index 1..2 100644
--- a/x y.yml	
+++ b/x y.yml	
@@ -1 +1,2 @@ title: x
-title: x
+title: y
++++ b/other.yml
@@ -9,3 +10,0 @@
-a
-b
-c
@@ -20 +18 @@
-d
+e
diff --git a/gone.yml b/gone.yml
--- a/gone.yml
+++ /dev/null
@@ -1 +0,0 @@
-x
`)
	want := map[string]map[int]bool{"x y.yml": {1: true, 2: true, 18: true}}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}
