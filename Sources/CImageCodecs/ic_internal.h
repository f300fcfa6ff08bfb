#ifndef IC_INTERNAL_H
#define IC_INTERNAL_H

#include "CImageCodecs.h"

void ic_say(ic_message *message, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

// The EXIF orientation (1...8; 1 is upright) of a TIFF block: what follows "Exif\0\0" in a JPEG's
// APP1 segment, and all of a PNG's eXIf chunk. 1 where none is said.
int ic_exif_orientation(const uint8_t *tiff, size_t count);

// 1 where an image of that extent may be decoded.
int ic_accept_extent(long width, long height, ic_message *message);
// 1 where the orientation is upright.
int ic_accept_orientation(int orientation, ic_message *message);

// The remedy where a library cannot make sense of a file.
#define IC_DAMAGED "the file is damaged or cut short, put a sound copy in its place"

#endif
