#include "ic_tiff.h"

#include <string.h>

static size_t row_bytes(const page *of, size_t pixels, int stride) {
  return (pixels * (size_t)stride * (size_t)of->bits + 7) / 8;
}

// Strips or tiles, one after the other; all planes of a planar page.
static int decode(const page *of, take_run *take, void *target, ic_message *message) {
  uint32_t width = of->width, rows = of->height;
  if (of->is_tiled) {
    TIFFGetField(of->file, TIFFTAG_TILEWIDTH, &width);
    TIFFGetField(of->file, TIFFTAG_TILELENGTH, &rows);
  } else {
    TIFFGetFieldDefaulted(of->file, TIFFTAG_ROWSPERSTRIP, &rows);
    if (rows > of->height) rows = of->height;
  }
  if (!width || !rows) return ic_tiff_refuse(message, "with strips or tiles of no size", IC_DAMAGED);
  int planes = of->is_planar ? of->channels : 1, stride = of->is_planar ? 1 : of->samples;
  tmsize_t bytes = of->is_tiled ? TIFFTileSize(of->file) : TIFFStripSize(of->file);
  size_t row = row_bytes(of, width, stride);
  // A row of a chunk never ends behind the chunk.
  if (bytes <= 0 || row > (size_t)bytes || (size_t)bytes / row < rows)
    return ic_tiff_say_damage(of->tiff, message);
  uint8_t *chunk = _TIFFmalloc(bytes);
  if (!chunk) {
    ic_say(message, "out of memory");
    return 0;
  }
  int done = 1;
  for (int plane = 0; done && plane < planes; plane++)
    for (uint32_t top = 0; done && top < of->height; top += rows)
      for (uint32_t left = 0; done && left < of->width; left += width) {
        uint32_t height = of->height - top < rows ? of->height - top : rows;
        uint32_t wide = of->width - left < width ? of->width - left : width;
        // What a damaged strip leaves out is no old memory.
        memset(chunk, 0, (size_t)bytes);
        tmsize_t got =
            of->is_tiled
                ? TIFFReadTile(of->file, chunk, left, top, 0, (uint16_t)plane)
                : TIFFReadEncodedStrip(of->file,
                                       TIFFComputeStrip(of->file, top, (uint16_t)plane), chunk,
                                       (tmsize_t)(row * height));
        if (got < 0 || (!of->is_tiled && (size_t)got < row * height)) {
          done = 0;
          break;
        }
        for (uint32_t y = 0; y < height; y++)
          take(of, chunk + row * y, stride, of->is_planar ? plane : -1,
               (size_t)(top + y) * of->width + left, wide, target);
      }
  _TIFFfree(chunk);
  return done ? 1 : ic_tiff_say_damage(of->tiff, message);
}

int ic_tiff_header(ic_tiff *tiff, int number, ic_header *header, ic_message *message) {
  page of;
  return ic_tiff_describe(tiff, number, &of, header, message);
}

static int decode_into(page *of, take_run *take, size_t pixel_bytes, ic_room *room,
                       ic_message *message) {
  room->needed = (size_t)of->width * of->height * pixel_bytes;
  if (room->capacity < room->needed) return 1;
  if (!decode(of, take, room->bytes, message)) return 0;
  room->filled = 1;
  return 1;
}

int ic_tiff_decode_colours(ic_tiff *tiff, int number, ic_room *pixels, ic_header *header,
                           ic_message *message) {
  page of;
  pixels->filled = 0;
  if (!ic_tiff_describe(tiff, number, &of, header, message)) return 0;
  take_run *take = of.is_palette         ? ic_tiff_take_palette
                   : header->depth == 8  ? ic_tiff_take_bytes
                   : header->depth == 16 ? ic_tiff_take_words
                                         : ic_tiff_take_reals;
  size_t bytes = (size_t)header->channels * (size_t)header->depth / 8;
  return decode_into(&of, take, bytes, pixels, message);
}

int ic_tiff_decode_ids(ic_tiff *tiff, int number, ic_room *ids, ic_header *header,
                       ic_message *message) {
  page of;
  ids->filled = 0;
  if (!ic_tiff_describe(tiff, number, &of, header, message)) return 0;
  if (!header->holds_ids) return 1;
  int is_small = of.number == unsigned_integer && of.bits <= 16;
  header->depth = !is_small ? 64 : of.bits <= 8 ? 8 : 16;
  take_run *take = !is_small ? ic_tiff_take_ids : of.bits <= 8 ? ic_tiff_take_byte_ids : ic_tiff_take_word_ids;
  return decode_into(&of, take, (size_t)header->depth / 8, ids, message);
}
