#include "ic_tiff_tags.h"

#include <stdlib.h>
#include <string.h>

struct ic_tiff_writer {
  TIFF *file;
  char error[160];
};

static int keep_error(TIFF *file, void *user, const char *module, const char *format,
                      va_list arguments) {
  ic_tiff_writer *writer = user;
  if (!writer->error[0]) vsnprintf(writer->error, sizeof writer->error, format, arguments);
  return 1;
}

static int ignore_warning(TIFF *file, void *user, const char *module, const char *format,
                          va_list arguments) {
  return 1;
}

static int say_failure(const ic_tiff_writer *writer, ic_message *message) {
  ic_say(message, "cannot be written: %s", writer->error[0] ? writer->error : "no room?");
  return 0;
}

ic_tiff_writer *ic_tiff_write(const char *path, int is_large, ic_message *message) {
  ic_know_geographic_tags();
  ic_tiff_writer *writer = calloc(1, sizeof *writer);
  TIFFOpenOptions *options = TIFFOpenOptionsAlloc();
  if (writer && options) {
    TIFFOpenOptionsSetErrorHandlerExtR(options, keep_error, writer);
    TIFFOpenOptionsSetWarningHandlerExtR(options, ignore_warning, writer);
    // The lowest byte first on every machine.
    writer->file = TIFFOpenExt(path, is_large ? "wl8" : "wl", options);
    if (!writer->file) say_failure(writer, message);
  } else {
    ic_say(message, "out of memory");
  }
  if (options) TIFFOpenOptionsFree(options);
  if (writer && writer->file) return writer;
  free(writer);
  return NULL;
}

int ic_tiff_write_page(ic_tiff_writer *writer, const uint8_t *pixels, const ic_tiff_page *page,
                       ic_tiff *like, int like_page, ic_message *message) {
  TIFF *file = writer->file;
  size_t row = (size_t)page->width * (size_t)page->depth / 8;
  uint32_t rows = row < 65536 ? (uint32_t)(65536 / row) : 1;
  TIFFSetField(file, TIFFTAG_IMAGEWIDTH, (uint32_t)page->width);
  TIFFSetField(file, TIFFTAG_IMAGELENGTH, (uint32_t)page->height);
  TIFFSetField(file, TIFFTAG_BITSPERSAMPLE, page->depth);
  TIFFSetField(file, TIFFTAG_SAMPLESPERPIXEL, 1);
  TIFFSetField(file, TIFFTAG_PLANARCONFIG, PLANARCONFIG_CONTIG);
  TIFFSetField(file, TIFFTAG_ROWSPERSTRIP, rows);
  TIFFSetField(file, TIFFTAG_COMPRESSION, COMPRESSION_ADOBE_DEFLATE);
  TIFFSetField(file, TIFFTAG_PHOTOMETRIC, page->palette ? PHOTOMETRIC_PALETTE : PHOTOMETRIC_MINISBLACK);
  if (page->palette) {
    uint16_t table[3][256] = {{0}};
    for (int colour = 0; colour < page->colours && colour < 256; colour++)
      for (int c = 0; c < 3; c++) table[c][colour] = (uint16_t)(page->palette[3 * colour + c] * 257);
    TIFFSetField(file, TIFFTAG_COLORMAP, table[0], table[1], table[2]);
  }
  if (page->description) TIFFSetField(file, TIFFTAG_IMAGEDESCRIPTION, page->description);
  if (page->resolution.x > 0 && page->resolution.y > 0) {
    TIFFSetField(file, TIFFTAG_XRESOLUTION, page->resolution.x);
    TIFFSetField(file, TIFFTAG_YRESOLUTION, page->resolution.y);
    TIFFSetField(file, TIFFTAG_RESOLUTIONUNIT, page->resolution.unit);
  }
  if (like && !ic_copy_geographic_tags(like, like_page, file, message)) return 0;
  uint8_t *chunk = malloc(row * rows);
  int done = chunk != NULL;
  for (uint32_t top = 0; done && top < (uint32_t)page->height; top += rows) {
    uint32_t height = (uint32_t)page->height - top < rows ? (uint32_t)page->height - top : rows;
    // libtiff may turn the bytes that it is given.
    memcpy(chunk, pixels + top * row, height * row);
    done = TIFFWriteEncodedStrip(file, top / rows, chunk, (tmsize_t)(height * row)) >= 0;
  }
  free(chunk);
  return done && TIFFWriteDirectory(file) ? 1 : say_failure(writer, message);
}

int ic_tiff_write_end(ic_tiff_writer *writer, ic_message *message) {
  int done = TIFFFlush(writer->file) && !writer->error[0];
  TIFFClose(writer->file);
  done = done && !writer->error[0];
  if (!done) say_failure(writer, message);
  free(writer);
  return done;
}
