#ifndef IC_INTERNAL_H
#define IC_INTERNAL_H

#include "CImageCodecs.h"

void ic_say(ic_message *message, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

// The same as ic_exif_orientation of the text of an XMP packet.
int ic_xmp_orientation(const uint8_t *text, size_t count);
// What a PNG says anywhere in its file; 1 where it may be decoded: it is upright and no animation.
int ic_accept_chunks(const uint8_t *file, size_t count, ic_message *message);

// 1 where an image of that extent may be decoded.
int ic_accept_extent(long width, long height, ic_message *message);
// 1 where the orientation is upright or not said.
int ic_accept_orientation(int orientation, ic_message *message);

// The remedies where a library cannot make sense of a file.
#define IC_DAMAGED "the file is damaged, put a sound copy in its place"
#define IC_CUT_SHORT "the file is cut short, put a whole copy in its place"

#endif
