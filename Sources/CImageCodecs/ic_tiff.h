#ifndef IC_TIFF_H
#define IC_TIFF_H

#include <tiffio.h>

#include "ic_internal.h"

// What libtiff reads from: memory, or a file that stays where it is.
typedef struct {
  const uint8_t *bytes;
  uint64_t count, position;
  int descriptor;
} source;

struct ic_tiff {
  source source;
  TIFF *file;
  // Where the directories of the pages begin, thumbnails and masks left out.
  uint64_t *pages;
  int page_count;
  // The first error of a call, in libtiff's words.
  char error[160];
};

// Says what libtiff found, or else that the file is damaged; returns 0.
int ic_tiff_say_damage(const ic_tiff *tiff, ic_message *message);
// Says `is a TIFF WHAT: REMEDY`; returns 0.
int ic_tiff_refuse(ic_message *message, const char *what, const char *remedy);

enum ic_tiff_number { unsigned_integer, signed_integer, floating };

// What is known of a page before it is decoded.
typedef struct {
  ic_tiff *tiff;
  TIFF *file;
  uint32_t width, height;
  // In the file, `samples` with what is dropped; of the decoded image, `channels`.
  int samples, channels, bits;
  enum ic_tiff_number number;
  int photometric, is_planar, is_palette, is_tiled, compression;
  const uint16_t *red, *green, *blue;
} page;

// 0 with what is wrong where the page cannot be read.
int ic_tiff_describe(ic_tiff *tiff, int number, page *of, ic_header *header, ic_message *message);

// Takes a run of `count` pixels from a decoded row whose pixels have `stride` samples: to pixel `at` of the
// target, to all channels or, of a plane alone, to the one of number `plane`.
typedef void take_run(const page *of, const uint8_t *row, int stride, int plane, size_t at, size_t count,
                      void *target);
// [pixels][3] of 8 bits.
take_run ic_tiff_take_palette;
// Fewer than 8 bits of grey are spread over 0...255; where 0 is white, it becomes the largest.
take_run ic_tiff_take_bytes;
take_run ic_tiff_take_words;
take_run ic_tiff_take_reals;
// As they are stored: int64_t, uint8_t and uint16_t.
take_run ic_tiff_take_ids;
take_run ic_tiff_take_byte_ids;
take_run ic_tiff_take_word_ids;

#endif
