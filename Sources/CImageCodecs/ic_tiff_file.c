#include "ic_tiff.h"
#include "ic_tiff_tags.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

// No file that can be decoded asks libtiff for more at once.
static const tmsize_t maximum_allocation = (tmsize_t)2 << 30;
// More pages are no stack but a file that was made to take time.
enum { maximum_pages = 1 << 20 };

static tmsize_t read_source(thandle_t handle, void *into, tmsize_t count) {
  source *from = (source *)handle;
  if (count < 0 || from->position >= from->count) return 0;
  uint64_t left = from->count - from->position;
  if ((uint64_t)count > left) count = (tmsize_t)left;
  if (from->bytes) {
    memcpy(into, from->bytes + from->position, (size_t)count);
  } else {
    tmsize_t done = 0;
    while (done < count) {
      ssize_t got = pread(from->descriptor, (uint8_t *)into + done, (size_t)(count - done),
                          (off_t)(from->position + (uint64_t)done));
      if (got < 0 && errno == EINTR) continue;
      if (got <= 0) break;
      done += got;
    }
    count = done;
  }
  from->position += (uint64_t)count;
  return count;
}

static tmsize_t write_nothing(thandle_t handle, void *from, tmsize_t count) { return -1; }

static toff_t seek_source(thandle_t handle, toff_t offset, int whence) {
  source *in = (source *)handle;
  uint64_t start = whence == SEEK_CUR ? in->position : whence == SEEK_END ? in->count : 0;
  in->position = start + offset;
  return in->position;
}

static int close_nothing(thandle_t handle) { return 0; }
static toff_t size_of_source(thandle_t handle) { return ((source *)handle)->count; }

static int map_source(thandle_t handle, void **base, toff_t *size) {
  source *from = (source *)handle;
  if (!from->bytes) return 0;
  *base = (void *)from->bytes;
  *size = from->count;
  return 1;
}

static void unmap_nothing(thandle_t handle, void *base, toff_t size) {}

static int keep_error(TIFF *file, void *user, const char *module, const char *format,
                      va_list arguments) {
  ic_tiff *tiff = user;
  if (tiff->error[0]) return 1;
  int length = vsnprintf(tiff->error, sizeof tiff->error, format, arguments);
  if (length > 0 && length < (int)sizeof tiff->error && tiff->error[length - 1] == '.')
    tiff->error[length - 1] = 0;
  return 1;
}

// libtiff warns of tags that it does not know and of what it has put right.
static int ignore_warning(TIFF *file, void *user, const char *module, const char *format,
                          va_list arguments) {
  return 1;
}

int ic_tiff_say_damage(const ic_tiff *tiff, ic_message *message) {
  ic_say(message, "%s: " IC_DAMAGED, tiff->error[0] ? tiff->error : "the TIFF cannot be read");
  return 0;
}

static int find_pages(ic_tiff *tiff, ic_message *message) {
  int room = 0;
  do {
    uint32_t kind = 0;
    TIFFGetFieldDefaulted(tiff->file, TIFFTAG_SUBFILETYPE, &kind);
    if (kind & (FILETYPE_REDUCEDIMAGE | FILETYPE_MASK)) continue;
    if (tiff->page_count == maximum_pages) {
      ic_say(message, "holds more than %d pages: split it", maximum_pages);
      return 0;
    }
    if (tiff->page_count == room) {
      room = room ? 2 * room : 16;
      uint64_t *grown = realloc(tiff->pages, (size_t)room * sizeof *grown);
      if (!grown) {
        ic_say(message, "out of memory");
        return 0;
      }
      tiff->pages = grown;
    }
    tiff->pages[tiff->page_count++] = TIFFCurrentDirOffset(tiff->file);
  } while (TIFFReadDirectory(tiff->file));
  if (tiff->error[0]) return ic_tiff_say_damage(tiff, message);
  if (tiff->page_count) return 1;
  ic_say(message, "holds no page in its full size: save the image again");
  return 0;
}

static ic_tiff *open_source(source from, ic_message *message) {
  ic_know_geographic_tags();
  ic_tiff *tiff = calloc(1, sizeof *tiff);
  TIFFOpenOptions *options = TIFFOpenOptionsAlloc();
  if (tiff && options) {
    tiff->source = from;
    TIFFOpenOptionsSetMaxSingleMemAlloc(options, maximum_allocation);
    TIFFOpenOptionsSetErrorHandlerExtR(options, keep_error, tiff);
    TIFFOpenOptionsSetWarningHandlerExtR(options, ignore_warning, tiff);
    // "r" alone would map memory that others may shorten; here `map_source` decides.
    tiff->file = TIFFClientOpenExt("", "r", (thandle_t)&tiff->source, read_source, write_nothing,
                                   seek_source, close_nothing, size_of_source, map_source,
                                   unmap_nothing, options);
    if (tiff->file ? find_pages(tiff, message) : ic_tiff_say_damage(tiff, message)) {
      TIFFOpenOptionsFree(options);
      return tiff;
    }
  } else {
    ic_say(message, "out of memory");
  }
  if (options) TIFFOpenOptionsFree(options);
  ic_tiff_close(tiff);
  return NULL;
}

ic_tiff *ic_tiff_open_bytes(const uint8_t *bytes, size_t count, ic_message *message) {
  return open_source((source){.bytes = bytes, .count = count, .descriptor = -1}, message);
}

ic_tiff *ic_tiff_open_file(int descriptor, ic_message *message) {
  struct stat status;
  if (fstat(descriptor, &status) != 0) {
    ic_say(message, "%s", strerror(errno));
    return NULL;
  }
  return open_source((source){.count = (uint64_t)status.st_size, .descriptor = descriptor}, message);
}

void ic_tiff_close(ic_tiff *tiff) {
  if (!tiff) return;
  if (tiff->file) TIFFClose(tiff->file);
  free(tiff->pages);
  free(tiff);
}

int ic_tiff_pages(const ic_tiff *tiff) { return tiff->page_count; }
