package app

import (
	"bytes"
	"image"
	"image/color"
	"image/png"
)

// icon draws the icon of the app, which AppInspect wants as PNG of 36 and of 72 pixels (C: check_app_icon_is_png,
// check_app_icon_2x_is_png): a sigma on a dark square.
func icon(size int) []byte {
	palette := color.Palette{color.RGBA{0x1b, 0x2a, 0x3a, 0xff}, color.RGBA{0xff, 0xff, 0xff, 0xff}}
	img := image.NewPaletted(image.Rect(0, 0, size, size), palette)
	unit := size / 12
	bar := func(x, y, w, h int) {
		for i := range w {
			for j := range h {
				img.SetColorIndex(x+i, y+j, 1)
			}
		}
	}
	bar(3*unit, 2*unit, 6*unit, unit)
	bar(3*unit, 9*unit, 6*unit, unit)
	for i := range 3 * unit { // the two strokes meet in the middle
		bar(3*unit+i, 3*unit+i, unit+unit/2, 1)
		bar(3*unit+i, 9*unit-1-i, unit+unit/2, 1)
	}
	var b bytes.Buffer
	_ = png.Encode(&b, img) // the writer of a buffer has no errors
	return b.Bytes()
}
