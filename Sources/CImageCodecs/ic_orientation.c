#include "ic_internal.h"

#include <string.h>

int ic_accept_orientation(int orientation, ic_message *message) {
  if (orientation <= 1) return 1;
  ic_say(message,
         "EXIF orientation %d says that the picture is shown turned: turn its pixels and remove "
         "the tag, so that it is certain how image and mask lie on each other",
         orientation);
  return 0;
}

static int accepted(size_t orientation) {
  return orientation >= 1 && orientation <= 8 ? (int)orientation : 0;
}

// TIFF 6.0: byte order "II" or "MM", 42, offset of the first directory; a directory is a count and
// entries of 12 bytes: tag, type (3 of 16 bits, 4 of 32), number of values, value.
int ic_exif_orientation(const uint8_t *tiff, size_t count) {
  if (count > 6 && memcmp(tiff, "Exif\0\0", 6) == 0) return ic_exif_orientation(tiff + 6, count - 6);
  if (count < 8) return 0;
  int little = tiff[0] == 'I';
#define U16(at) (little ? tiff[at] | tiff[(at) + 1] << 8 : tiff[at] << 8 | tiff[(at) + 1])
#define U32(at) (little ? (size_t)U16(at) | (size_t)U16((at) + 2) << 16 \
                        : (size_t)U16(at) << 16 | (size_t)U16((at) + 2))
  size_t directory = U32(4);
  if (directory > count - 2) return 0;
  size_t entries = U16(directory);
  for (size_t entry = 0; entry < entries; entry++) {
    size_t at = directory + 2 + 12 * entry;
    if (at + 12 > count) return 0;
    if (U16(at) != 0x0112) continue;
    return accepted(U16(at + 2) == 4 ? U32(at + 8) : (size_t)U16(at + 8));
  }
#undef U16
#undef U32
  return 0;
}

// An attribute, tiff:Orientation="6", or an element, <tiff:Orientation>6</tiff:Orientation>.
int ic_xmp_orientation(const uint8_t *text, size_t count) {
  static const char name[] = "tiff:Orientation";
  size_t length = sizeof name - 1;
  for (size_t i = 0; i + length < count; i++) {
    if (memcmp(text + i, name, length) != 0) continue;
    for (size_t k = i + length; k < count && k < i + length + 8; k++)
      if (text[k] >= '1' && text[k] <= '8') return text[k] - '0';
  }
  return 0;
}

// MARK: PNG

static size_t big_endian(const uint8_t *bytes) {
  return (size_t)bytes[0] << 24 | (size_t)bytes[1] << 16 | (size_t)bytes[2] << 8 | bytes[3];
}

// EXIF as text: behind "Raw profile type …" and a zero byte, or three, a name, the number of bytes,
// and these in hexadecimal.
static int raw_profile_orientation(const uint8_t *text, size_t count) {
  uint8_t bytes[512];
  size_t filled = 0, lines = 0, i = 0;
  int high = -1;
  for (; i < count && lines < 3; i++) lines += text[i] == '\n';
  for (; i < count && filled < sizeof bytes; i++) {
    int c = text[i];
    int digit = c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
    if (digit < 0) continue;
    if (high < 0) {
      high = digit;
    } else {
      bytes[filled++] = (uint8_t)(high << 4 | digit);
      high = -1;
    }
  }
  return ic_exif_orientation(bytes, filled);
}

int ic_accept_chunks(const uint8_t *file, size_t count, ic_message *message) {
  int exif = 0, xmp = 0;
  // Behind the signature: length, type, data and checksum of every chunk.
  for (size_t at = 8; at + 12 <= count;) {
    size_t length = big_endian(file + at);
    const uint8_t *type = file + at + 4, *data = file + at + 8;
    if (length > count - at - 12) break;
    if (memcmp(type, "eXIf", 4) == 0 && exif <= 1) exif = ic_exif_orientation(data, length);
    if (memcmp(type, "iTXt", 4) == 0 && length > 18 && memcmp(data, "XML:com.adobe.xmp", 18) == 0)
      xmp = ic_xmp_orientation(data + 18, length - 18);
    if (memcmp(type, "tEXt", 4) == 0 && length > 22 && exif <= 1 &&
        (memcmp(data, "Raw profile type exif", 22) == 0 ||
         memcmp(data, "Raw profile type APP1", 22) == 0))
      exif = raw_profile_orientation(data + 22, length - 22);
    if (memcmp(type, "acTL", 4) == 0 && length >= 4 && big_endian(data) > 1) {
      ic_say(message,
             "is an animated PNG of %zu pictures, and only one belongs to a mask: save each as a "
             "PNG of its own",
             big_endian(data));
      return 0;
    }
    at += length + 12;
  }
  // Where both speak, programs go by EXIF.
  return ic_accept_orientation(exif ? exif : xmp, message);
}
