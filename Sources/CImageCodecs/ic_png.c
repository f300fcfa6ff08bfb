#include "ic_internal.h"

#include <png.h>
#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

// What is read or written, and where an error jumps to.
typedef struct {
  jmp_buf on_error;
  ic_message *message;
  png_structp png;
  png_infop info;
  // Reading: what is left of the file.
  const uint8_t *bytes;
  size_t count;
  ic_header *header;
  ic_room *room;
  int wants_ids;
  // Writing.
  const uint8_t *source;
  int width, height, channels, depth;
  const uint8_t *palette;
  int colours;
  ic_file *file;
  size_t capacity;
} png_job;

static void fail(png_structp png, png_const_charp text) {
  png_job *job = png_get_error_ptr(png);
  ic_say(job->message, "%s: " IC_DAMAGED, text);
  longjmp(job->on_error, 1);
}

// libpng warns of what does not change the pixels, e.g. of a wrong colour profile.
static void ignore_warning(png_structp png, png_const_charp text) {}

// Runs the work; 0 where it jumped out. Nothing local changes between setjmp and longjmp.
static int attempt(png_job *job, void (*work)(png_job *)) {
  if (setjmp(job->on_error)) return 0;
  work(job);
  return 1;
}

// MARK: Reading

static void take_bytes(png_structp png, png_bytep into, size_t count) {
  png_job *job = png_get_io_ptr(png);
  if (count > job->count) {
    ic_say(job->message, IC_CUT_SHORT);
    longjmp(job->on_error, 1);
  }
  memcpy(into, job->bytes, count);
  job->bytes += count;
  job->count -= count;
}

static void describe(png_job *job) {
  png_structp png = job->png;
  int colour = png_get_color_type(png, job->info), depth = png_get_bit_depth(png, job->info);
  ic_header *header = job->header;
  header->width = (int)png_get_image_width(png, job->info);
  header->height = (int)png_get_image_height(png, job->info);
  header->channels = colour & PNG_COLOR_MASK_COLOR ? 3 : 1;
  header->depth = depth == 16 ? 16 : 8;
  header->holds_ids =
      colour == PNG_COLOR_TYPE_PALETTE || colour == PNG_COLOR_TYPE_GRAY;
  const char *kind = colour == PNG_COLOR_TYPE_GRAY         ? "grey"
                     : colour == PNG_COLOR_TYPE_GRAY_ALPHA ? "grey with alpha"
                     : colour == PNG_COLOR_TYPE_RGB        ? "RGB"
                     : colour == PNG_COLOR_TYPE_RGB_ALPHA  ? "RGB with alpha"
                                                           : "palette";
  snprintf(header->format, sizeof header->format, "%d-bit %s", depth, kind);
}

static void read_header(png_job *job) {
  png_structp png = job->png;
  const uint8_t *file = job->bytes;
  size_t count = job->count;
  png_set_read_fn(png, job, take_bytes);
  png_set_crc_action(png, PNG_CRC_ERROR_QUIT, PNG_CRC_ERROR_QUIT);
  png_set_user_limits(png, ic_maximum_pixels, ic_maximum_pixels);
  png_set_chunk_cache_max(png, 64);
  png_set_chunk_malloc_max(png, 8 << 20);
  png_read_info(png, job->info);
  describe(job);
  if (!ic_accept_extent(job->header->width, job->header->height, job->message))
    longjmp(job->on_error, 1);
  if (!ic_accept_chunks(file, count, job->message)) longjmp(job->on_error, 1);
}

// [height][width][4]: red, green, blue and opacity of 8 bits.
static void read_opacity(png_job *job) {
  read_header(job);
  png_structp png = job->png;
  int has_alpha = png_get_color_type(png, job->info) & PNG_COLOR_MASK_ALPHA ||
                  png_get_valid(png, job->info, PNG_INFO_tRNS);
  size_t row_bytes = (size_t)job->header->width * 4;
  job->room->needed = row_bytes * job->header->height;
  if (job->room->capacity < job->room->needed) return;
  png_set_expand(png);
  png_set_scale_16(png);
  png_set_gray_to_rgb(png);
  png_set_add_alpha(png, 255, PNG_FILLER_AFTER);
  int passes = png_set_interlace_handling(png);
  png_read_update_info(png, job->info);
  if (row_bytes != png_get_rowbytes(png, job->info)) png_error(png, "unexpected row length");
  for (int pass = 0; pass < passes; pass++)
    for (int row = 0; row < job->header->height; row++)
      png_read_row(png, job->room->bytes + row * row_bytes, NULL);
  png_read_end(png, NULL);
  job->header->channels = has_alpha ? 4 : 3;
  job->room->filled = 1;
}

static void read_pixels(png_job *job) {
  read_header(job);
  png_structp png = job->png;
  int samples = job->wants_ids ? 1 : job->header->channels;
  size_t row_bytes = (size_t)job->header->width * samples * (job->header->depth / 8);
  job->room->needed = row_bytes * job->header->height;
  if (job->room->capacity < job->room->needed) return;
  if (job->wants_ids) {
    if (!job->header->holds_ids) return;
    png_set_packing(png);
  } else {
    png_set_expand(png);
    png_set_strip_alpha(png);
  }
#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
  if (job->header->depth == 16) png_set_swap(png);
#endif
  int passes = png_set_interlace_handling(png);
  png_read_update_info(png, job->info);
  if (row_bytes != png_get_rowbytes(png, job->info)) png_error(png, "unexpected row length");
  for (int pass = 0; pass < passes; pass++)
    for (int row = 0; row < job->header->height; row++)
      png_read_row(png, job->room->bytes + row * row_bytes, NULL);
  png_read_end(png, NULL);
  job->room->filled = 1;
}

static int read_png(png_job *job, void (*work)(png_job *)) {
  job->png = png_create_read_struct(PNG_LIBPNG_VER_STRING, job, fail, ignore_warning);
  job->info = job->png ? png_create_info_struct(job->png) : NULL;
  int done = 0;
  if (job->info)
    done = attempt(job, work);
  else
    ic_say(job->message, "libpng could not be started");
  png_destroy_read_struct(&job->png, &job->info, NULL);
  return done;
}

int ic_png_header(const uint8_t *bytes, size_t count, ic_header *header, ic_message *message) {
  png_job job = {.bytes = bytes, .count = count, .header = header, .message = message};
  return read_png(&job, read_header);
}

int ic_png_decode(const uint8_t *bytes, size_t count, int wants_ids, ic_room *room, ic_header *header,
                  ic_message *message) {
  room->filled = 0;
  png_job job = {.bytes = bytes, .count = count, .header = header, .message = message, .room = room,
                 .wants_ids = wants_ids};
  return read_png(&job, read_pixels);
}

int ic_png_decode_opacity(const uint8_t *bytes, size_t count, ic_room *pixels, ic_header *header,
                          ic_message *message) {
  pixels->filled = 0;
  png_job job = {.bytes = bytes, .count = count, .header = header, .message = message,
                 .room = pixels};
  return read_png(&job, read_opacity);
}

// MARK: Writing

static void append_bytes(png_structp png, png_bytep from, size_t count) {
  png_job *job = png_get_io_ptr(png);
  ic_file *file = job->file;
  if (file->count + count > job->capacity) {
    size_t capacity = 2 * (file->count + count) + 4096;
    uint8_t *grown = realloc(file->bytes, capacity);
    if (!grown) png_error(png, "out of memory");
    file->bytes = grown;
    job->capacity = capacity;
  }
  memcpy(file->bytes + file->count, from, count);
  file->count += count;
}

static void write_pixels(png_job *job) {
  png_structp png = job->png;
  png_set_write_fn(png, job, append_bytes, NULL);
  // Ids lie in runs, which are found at once; looking longer gains next to nothing.
  png_set_compression_level(png, job->palette ? 2 : 6);
  int colour = job->palette         ? PNG_COLOR_TYPE_PALETTE
               : job->channels == 3 ? PNG_COLOR_TYPE_RGB
                                    : PNG_COLOR_TYPE_GRAY;
  png_set_filter(png, PNG_FILTER_TYPE_BASE, job->palette ? PNG_FILTER_NONE : PNG_FILTER_PAETH);
  png_set_IHDR(png, job->info, job->width, job->height, job->depth, colour, PNG_INTERLACE_NONE,
               PNG_COMPRESSION_TYPE_BASE, PNG_FILTER_TYPE_BASE);
  if (job->palette) {
    png_color colours[256];
    for (int i = 0; i < job->colours; i++) {
      const uint8_t *rgb = job->palette + 3 * i;
      colours[i] = (png_color){rgb[0], rgb[1], rgb[2]};
    }
    png_set_PLTE(png, job->info, colours, job->colours);
  }
  png_write_info(png, job->info);
#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
  if (job->depth == 16) png_set_swap(png);
#endif
  size_t row_bytes = (size_t)job->width * job->channels * (job->depth / 8);
  for (int row = 0; row < job->height; row++) png_write_row(png, job->source + row * row_bytes);
  png_write_end(png, NULL);
}

int ic_png_encode(const uint8_t *pixels, int width, int height, int channels, int depth,
                  const uint8_t *palette, int colours, ic_file *file, ic_message *message) {
  *file = (ic_file){0};
  png_job job = {.source = pixels, .width = width, .height = height, .channels = channels, .depth = depth,
                 .palette = palette, .colours = colours, .file = file, .message = message};
  job.png = png_create_write_struct(PNG_LIBPNG_VER_STRING, &job, fail, ignore_warning);
  job.info = job.png ? png_create_info_struct(job.png) : NULL;
  int done = 0;
  if (job.info)
    done = attempt(&job, write_pixels);
  else
    ic_say(message, "libpng could not be started");
  png_destroy_write_struct(&job.png, &job.info);
  if (!done) {
    free(file->bytes);
    *file = (ic_file){0};
  }
  return done;
}
