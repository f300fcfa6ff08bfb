// cairo 1.16: paths, text by its toy interface (one font, no shaping, which ticks and names need no more
// of), PNG of image surfaces through stream functions, and PDF. cairo-pdf.h declares the PDF surface.
#include <cairo-pdf.h>
#include <cairo.h>
