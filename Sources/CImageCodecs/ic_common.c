#include "ic_internal.h"

#include <stdarg.h>
#include <stdio.h>

void ic_say(ic_message *message, const char *format, ...) {
  va_list arguments;
  va_start(arguments, format);
  vsnprintf(message->text, sizeof message->text, format, arguments);
  va_end(arguments);
}

int ic_accept_extent(long width, long height, ic_message *message) {
  if (width * height <= ic_maximum_pixels) return 1;
  ic_say(message, "%ld×%ld pixels (height × width) are more than the %d megapixels allowed",
         height, width, ic_maximum_pixels / 1000000);
  return 0;
}

int ic_accept_orientation(int orientation, ic_message *message) {
  if (orientation == 1) return 1;
  ic_say(message,
         "EXIF orientation %d says that the picture is shown turned: turn its pixels and remove "
         "the tag, so that it is certain how image and mask lie on each other",
         orientation);
  return 0;
}

// TIFF 6.0: byte order "II" or "MM", 42, offset of the first directory; a directory is a count and
// entries of 12 bytes: tag, type, number of values, value.
int ic_exif_orientation(const uint8_t *tiff, size_t count) {
  if (count < 8) return 1;
  int little = tiff[0] == 'I';
#define U16(at) (little ? tiff[at] | tiff[(at) + 1] << 8 : tiff[at] << 8 | tiff[(at) + 1])
#define U32(at) (little ? (size_t)U16(at) | (size_t)U16((at) + 2) << 16 \
                        : (size_t)U16(at) << 16 | (size_t)U16((at) + 2))
  size_t directory = U32(4);
  if (directory > count - 2) return 1;
  size_t entries = U16(directory);
  for (size_t entry = 0; entry < entries; entry++) {
    size_t at = directory + 2 + 12 * entry;
    if (at + 12 > count) return 1;
    if (U16(at) != 0x0112) continue;
    int orientation = U16(at + 8);
    return orientation >= 1 && orientation <= 8 ? orientation : 1;
  }
#undef U16
#undef U32
  return 1;
}
