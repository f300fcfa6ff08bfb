#ifndef CIMAGECODECS_H
#define CIMAGECODECS_H

// PNG and JPEG between memory and 8-bit pixels.
//
// libpng and libjpeg report errors by longjmp, which Swift must not be jumped over: every jump
// starts and ends within this target, and no callback leaves it. Each function returns 1, or 0
// with the reason (the library's own words where it gave any) in `message`.

#include <stddef.h>
#include <stdint.h>

typedef struct {
  char text[240];
} ic_message;

// What a file says of itself before any pixel is decoded.
typedef struct {
  int width, height;
  // Of the decoded image: 1 (grey) or 3 (RGB).
  int channels;
  // PNG: whether the samples are 8-bit class ids, that is one channel of at most 8 bits or palette
  // indices. JPEG: never.
  int holds_ids;
  // Where it does not hold ids, why: "16-bit grey", "RGB".
  char format[24];
} ic_header;

// Decoding refuses images of more pixels before it allocates anything.
enum { ic_maximum_pixels = 100 * 1000 * 1000 };

// PNG. Of a PNG with an EXIF orientation other than upright, and of anything damaged, an error.
int ic_png_header(const uint8_t *bytes, size_t count, ic_header *header, ic_message *message);

// pixels: [height][width][channels] of the header. 16 bits are rounded to 8, palettes looked up,
// fewer than 8 bits of grey spread over 0...255, alpha dropped; gamma and profiles are ignored.
int ic_png_decode_colours(const uint8_t *bytes, size_t count, uint8_t *pixels, ic_message *message);

// ids: [height][width], the samples or palette indices as stored. Only where header.holds_ids.
int ic_png_decode_ids(const uint8_t *bytes, size_t count, uint8_t *ids, ic_message *message);

// JPEG: grey or YCbCr, 8 bits. Warnings of libjpeg (truncated or corrupt data) are errors; CMYK,
// YCCK, 12 bits and an EXIF orientation other than upright are refused.
int ic_jpeg_header(const uint8_t *bytes, size_t count, ic_header *header, ic_message *message);
int ic_jpeg_decode(const uint8_t *bytes, size_t count, uint8_t *pixels, ic_message *message);

// An encoded file in memory of malloc; the caller frees it.
typedef struct {
  uint8_t *bytes;
  size_t count;
} ic_file;

// pixels: [height][width][channels], 1 or 3 channels; with `palette` ([colours][3]) one channel
// of indices. At a fixed compression level and filter, so equal pixels give equal files.
int ic_png_encode(const uint8_t *pixels, int width, int height, int channels,
                  const uint8_t *palette, int colours, ic_file *file, ic_message *message);
// quality: 1...100.
int ic_jpeg_encode(const uint8_t *pixels, int width, int height, int channels, int quality,
                   ic_file *file, ic_message *message);

#endif
