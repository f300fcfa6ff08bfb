#ifndef CIMAGECODECS_H
#define CIMAGECODECS_H

// PNG, JPEG, TIFF, GIF, WebP, BMP and PNM between memory and pixels.
//
// libpng and libjpeg report errors by longjmp, which Swift must not be jumped over: every jump
// starts and ends within this target, and no callback leaves it. Each function returns 1, or 0
// with the reason (the library's own words where it gave any) in `message`.

#include <stddef.h>
#include <stdint.h>

#include "ic_message.h"
#include "ic_streams.h"

// What a file says of itself before any pixel is decoded.
typedef struct {
  int width, height;
  // Of the decoded image: 1 (grey) or 3 (RGB); of a TIFF, any number.
  int channels;
  // Of the decoded samples: 8, or 16 where the file has 16; of a TIFF 32 where they become numbers of
  // single precision, and 64 of ids that are integers of 32 bits and more, or have signs.
  int depth;
  // Whether the samples can be class ids, that is one channel or palette indices, stored without loss.
  int holds_ids;
  // Where it does not hold ids, why: "8-bit RGB".
  char format[48];
} ic_header;

// Decoding refuses images of more pixels before it allocates anything.
enum { ic_maximum_pixels = 100 * 1000 * 1000 };

// Where pixels go: [height][width][channels]. A decoder that is given too little room fills in the
// header and `needed` alone and says so, so that memory can be used again and a file need not be opened twice.
typedef struct {
  uint8_t *bytes;
  size_t capacity;
  // Set by all decoders but that of JPEG: bytes of the decoded pixels.
  size_t needed;
  // Set by the decoder: whether they were decoded.
  int filled;
} ic_room;

// An encoded file in memory of malloc; the caller frees it.
typedef struct {
  uint8_t *bytes;
  size_t count;
} ic_file;

// PNG. Of a PNG that says anywhere, in EXIF or XMP, that it is shown turned, of an animated one, and
// of anything damaged, an error. Samples of 16 bits are in the order of this machine.
int ic_png_header(const uint8_t *bytes, size_t count, ic_header *header, ic_message *message);
// Of colours, palettes are looked up, fewer than 8 bits of grey spread over 0...255, alpha dropped; gamma and
// profiles are ignored. Of ids, the samples or palette indices as stored, one channel: nothing is filled
// unless header.holds_ids.
int ic_png_decode(const uint8_t *bytes, size_t count, int wants_ids, ic_room *room, ic_header *header,
                  ic_message *message);

// The same of other formats, each as PNG. GIF: the first frame, which must cover the canvas; ids are its
// palette indices.
int ic_gif_header(const uint8_t *bytes, size_t count, ic_header *header, ic_message *message);
int ic_gif_decode(const uint8_t *bytes, size_t count, int wants_ids, ic_room *room, ic_header *header,
                  ic_message *message);
// WebP: RGB. Where it is stored without loss and all pixels are grey, these are ids; a file of which that
// shows to be wrong while ids are decoded holds none. Animations are refused.
int ic_webp_header(const uint8_t *bytes, size_t count, ic_header *header, ic_message *message);
int ic_webp_decode(const uint8_t *bytes, size_t count, int wants_ids, ic_room *room, ic_header *header,
                   ic_message *message);
// BMP: RGB, palettes looked up; 5 and 6 bits of a channel are spread over 0...255.
int ic_bmp_header(const uint8_t *bytes, size_t count, ic_header *header, ic_message *message);
int ic_bmp_decode(const uint8_t *bytes, size_t count, int wants_ids, ic_room *room, ic_header *header,
                  ic_message *message);
// PBM, PGM, PPM and PAM of 1 to 64 channels. Images whose greatest value is below 255 are spread over
// 0...255; greater ones stay as they are. As an id white of PBM is 1.
int ic_pnm_header(const uint8_t *bytes, size_t count, ic_header *header, ic_message *message);
int ic_pnm_decode(const uint8_t *bytes, size_t count, int wants_ids, ic_room *room, ic_header *header,
                  ic_message *message);
// Red, green, blue and opacity of 8 bits, [height][width][4]; header.channels is 4 where the file says
// something of opacity, and else 3.
int ic_png_decode_opacity(const uint8_t *bytes, size_t count, ic_room *pixels, ic_header *header,
                          ic_message *message);

// What zlib (RFC 1950) has made smaller, however much that is, up to `limit` bytes.
int ic_inflate_all(const uint8_t *bytes, size_t count, size_t limit, ic_file *file,
                   ic_message *message);

// JPEG: grey or YCbCr, 8 bits. Warnings of libjpeg (truncated or corrupt data) are errors, but for
// stray bytes between segments, which no pixel depends on; CMYK, YCCK, 12 bits and an orientation
// other than upright, in EXIF or XMP, are refused.
int ic_jpeg_header(const uint8_t *bytes, size_t count, ic_header *header, ic_message *message);
// Decoded at the smallest scale of 1/8, 2/8, 4/8 and 8/8 (those that libjpeg is fast at) at which it
// is still at least `least_height` × `least_width`; at 8/8 where the file is smaller than that. The
// pixels are ceil(extent · eighths / 8) each way.
int ic_jpeg_decode(const uint8_t *bytes, size_t count, int least_height, int least_width,
                   ic_room *pixels, ic_header *header, int *eighths, ic_message *message);

// TIFF and BigTIFF (TIFF 6.0; Adobe Technical Notes 1 to 3): pages of grey, RGB and palettes with further
// channels, of integers of 1...16, 32 and 64 bits and floating-point numbers of 16, 32 and 64, in strips or
// tiles, with planes together or apart, in every compression of libtiff. Thumbnails and masks are no pages.
// A page that is not upright, and CMYK, Lab, YCbCr without JPEG and complex numbers, are refused.
typedef struct ic_tiff ic_tiff;
// The bytes must stay where they are, and the descriptor open, until the file is closed. NULL with the reason.
ic_tiff *ic_tiff_open_bytes(const uint8_t *bytes, size_t count, ic_message *message);
ic_tiff *ic_tiff_open_file(int descriptor, ic_message *message);
void ic_tiff_close(ic_tiff *tiff);
int ic_tiff_pages(const ic_tiff *tiff);
// Of the page of that number, from 0.
int ic_tiff_header(ic_tiff *tiff, int number, ic_header *header, ic_message *message);
// As of PNGs; where 0 means white, values are inverted; samples of which the file does not say that they
// are alpha are channels. Integers beyond 16 bits and with signs, and all real numbers, become floats.
int ic_tiff_decode_colours(ic_tiff *tiff, int number, ic_room *pixels, ic_header *header,
                           ic_message *message);
// As of PNGs; values of 64 bits are int64_t, the largest also for all beyond it.
int ic_tiff_decode_ids(ic_tiff *tiff, int number, ic_room *ids, ic_header *header,
                       ic_message *message);

// Pixels of a page along width and height: `unit` is as TIFF has it, 2 for inches, 3 for centimetres, 1 for none.
typedef struct {
  float x, y;
  int unit;
} ic_resolution;
// 0 where the page does not say.
int ic_tiff_resolution(ic_tiff *tiff, int number, ic_resolution *resolution, ic_message *message);
// What a page is described as, "" where nothing is said; until the next call.
const char *ic_tiff_description(ic_tiff *tiff, int number, ic_message *message);

// Where the samples of a page lie in the file one behind the other as they are, all channels of a pixel together.
typedef struct {
  // 0 where they do not.
  uint64_t offset;
  int width, height, channels, bits;
  int is_signed, is_real, is_big_endian;
} ic_plain_page;
// 0 where the page cannot be read.
int ic_tiff_plain_page(ic_tiff *tiff, int number, ic_plain_page *plain, ic_message *message);

// Writes pages one behind the other, compressed by deflate; equal pages give equal files.
typedef struct ic_tiff_writer ic_tiff_writer;
typedef struct {
  int width, height;
  // 8, or 16 in the order of this machine.
  int depth;
  // [colours][3] of pages of 8 bits; NULL for gray.
  const uint8_t *palette;
  int colours;
  // NULL for none.
  const char *description;
  ic_resolution resolution;
} ic_tiff_page;
// `is_large`: as BigTIFF, which may have more than 4 GiB.
ic_tiff_writer *ic_tiff_write(const char *path, int is_large, ic_message *message);
// `like`: a page whose tags of GeoTIFF are copied; NULL for none.
int ic_tiff_write_page(ic_tiff_writer *writer, const uint8_t *pixels, const ic_tiff_page *page,
                       ic_tiff *like, int like_page, ic_message *message);
// Closes the file; 0 where it is not whole.
int ic_tiff_write_end(ic_tiff_writer *writer, ic_message *message);

// How an image is to be turned when it is shown, 1...8, 1 for not at all; 0 where nothing is said.
// Of a TIFF block: what follows "Exif\0\0" in a JPEG's APP1 segment, with it or without, and all of a PNG's
// eXIf chunk.
int ic_exif_orientation(const uint8_t *tiff, size_t count);

// pixels: [height][width][channels], 1 or 3 channels of 8 or of 16 bits, the latter in the order of this
// machine; with `palette` ([colours][3]) one channel of indices of 8 bits. At a fixed compression level and filter, so equal pixels give equal files.
int ic_png_encode(const uint8_t *pixels, int width, int height, int channels, int depth,
                  const uint8_t *palette, int colours, ic_file *file, ic_message *message);
// quality: 1...100.
int ic_jpeg_encode(const uint8_t *pixels, int width, int height, int channels, int quality,
                   ic_file *file, ic_message *message);

#endif
