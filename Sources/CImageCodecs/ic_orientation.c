#include "ic_internal.h"

#include <string.h>
#include <zlib.h>

int ic_accept_orientation(int orientation, ic_message *message) {
  if (orientation <= 1) return 1;
  ic_say(message,
         "EXIF orientation %d says that the image is shown turned: turn its pixels and remove "
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

// What a chunk's text says once it is uncompressed, as far as the buffer goes: orientations stand near
// the beginning. Returns its length, 0 where it is damaged.
static size_t inflated(const uint8_t *data, size_t count, uint8_t *text, size_t room) {
  z_stream stream = {0};
  if (inflateInit(&stream) != Z_OK) return 0;
  stream.next_in = (Bytef *)data;
  stream.avail_in = (uInt)(count < 1 << 30 ? count : 1 << 30);
  stream.next_out = text;
  stream.avail_out = (uInt)room;
  int status = inflate(&stream, Z_SYNC_FLUSH);
  size_t length = room - stream.avail_out;
  inflateEnd(&stream);
  return status == Z_OK || status == Z_STREAM_END || status == Z_BUF_ERROR ? length : 0;
}

// Behind its keyword, of a tEXt or zTXt chunk.
static int profile_orientation(const uint8_t *data, size_t count, int is_compressed) {
  uint8_t text[65536];
  if (!is_compressed) return raw_profile_orientation(data, count);
  // The first byte is the method, of which there is one.
  size_t length = count > 1 ? inflated(data + 1, count - 1, text, sizeof text) : 0;
  return raw_profile_orientation(text, length);
}

// Behind its keyword, of an iTXt chunk: whether it is compressed, the method, two texts that end in a
// zero, and the text.
static int international_orientation(const uint8_t *data, size_t count) {
  uint8_t text[65536];
  if (count < 2) return 0;
  int is_compressed = data[0];
  size_t at = 2;
  for (int ends = 0; at < count && ends < 2; at++) ends += data[at] == 0;
  if (!is_compressed) return ic_xmp_orientation(data + at, count - at);
  return ic_xmp_orientation(text, inflated(data + at, count - at, text, sizeof text));
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
      xmp = international_orientation(data + 18, length - 18);
    int is_compressed = memcmp(type, "zTXt", 4) == 0;
    if ((is_compressed || memcmp(type, "tEXt", 4) == 0) && length > 22 && exif <= 1 &&
        (memcmp(data, "Raw profile type exif", 22) == 0 ||
         memcmp(data, "Raw profile type APP1", 22) == 0))
      exif = profile_orientation(data + 22, length - 22, is_compressed);
    if (memcmp(type, "acTL", 4) == 0 && length >= 4 && big_endian(data) > 1) {
      ic_say(message,
             "is an animated PNG of %zu frames, and only one belongs to a mask: save each as a "
             "PNG of its own",
             big_endian(data));
      return 0;
    }
    at += length + 12;
  }
  // Where both speak, programs go by EXIF.
  return ic_accept_orientation(exif ? exif : xmp, message);
}
