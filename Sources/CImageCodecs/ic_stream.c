#define _GNU_SOURCE
#include "ic_internal.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <zlib.h>

enum { window_bytes = 32768, input_bytes = 1 << 16, skipped_bytes = 1 << 16 };

// Where decompression can begin: at a bit of the file, or, with no window, at a header.
typedef struct {
  uint64_t out, in;
  // Where the window lies in the file of windows; its length is 0 at a header.
  uint64_t window;
  uint32_t length;
  uint8_t bits;
} point;

struct ic_points {
  point *all;
  size_t count, room;
};

struct ic_stream {
  int descriptor;
  uint64_t start;
  z_stream z;
  // Of the content: where the next byte lies. Of the file: behind what `input` holds.
  uint64_t out, in;
  // Whether inflate stands inside a member without having read its header, and so leaves the trailer.
  int raw;
  int is_gzip;
  int open;
  uint8_t input[input_bytes];
  uint8_t skipped[skipped_bytes];
};

// MARK: The file of windows

static pthread_mutex_t windows_lock = PTHREAD_MUTEX_INITIALIZER;
static int windows_file = -1;
static uint64_t windows_end = 0;

static int keep_window(const uint8_t *window, uint32_t length, uint64_t *place) {
  pthread_mutex_lock(&windows_lock);
  if (windows_file < 0) {
    const char *folder = getenv("TMPDIR");
    char path[4096];
    snprintf(path, sizeof path, "%s/experiments-windows-XXXXXX", folder && *folder ? folder : "/tmp");
    windows_file = mkostemp(path, O_CLOEXEC);
    if (windows_file >= 0) unlink(path);
  }
  *place = windows_end;
  int done = windows_file >= 0 && pwrite(windows_file, window, length, (off_t)*place) == (ssize_t)length;
  if (done) windows_end += length;
  pthread_mutex_unlock(&windows_lock);
  return done;
}

// MARK: Streams

static int say_stream(int status, ic_message *message) {
  if (status == Z_MEM_ERROR) ic_say(message, "out of memory");
  else if (status == Z_BUF_ERROR) ic_say(message, "ends early: " IC_CUT_SHORT);
  else ic_say(message, "cannot be decompressed: " IC_DAMAGED);
  return 0;
}

ic_stream *ic_stream_open(int descriptor, uint64_t start, ic_message *message) {
  ic_stream *stream = calloc(1, sizeof *stream);
  if (!stream) {
    ic_say(message, "out of memory");
    return NULL;
  }
  stream->descriptor = descriptor;
  stream->start = start;
  return stream;
}

void ic_stream_close(ic_stream *stream) {
  if (!stream) return;
  if (stream->open) inflateEnd(&stream->z);
  free(stream);
}

static int refill(ic_stream *stream) {
  ssize_t got;
  do {
    got = pread(stream->descriptor, stream->input, input_bytes, (off_t)stream->in);
  } while (got < 0 && errno == EINTR);
  if (got < 0) return Z_ERRNO;
  stream->in += (uint64_t)got;
  stream->z.next_in = stream->input;
  stream->z.avail_in = (uInt)got;
  return got ? Z_OK : Z_BUF_ERROR;
}

// Stands at a point, or at the beginning of the file.
static int stand_at(ic_stream *stream, const point *at) {
  if (stream->open) inflateEnd(&stream->z);
  memset(&stream->z, 0, sizeof stream->z);
  stream->raw = at && at->length > 0;
  stream->in = at ? at->in : stream->start;
  stream->out = at ? at->out : 0;
  int status = inflateInit2(&stream->z, stream->raw ? -15 : 47);
  stream->open = status == Z_OK;
  if (status != Z_OK || !at || !stream->raw) return status;
  if (at->bits) {
    uint8_t byte;
    if (pread(stream->descriptor, &byte, 1, (off_t)(at->in - 1)) != 1) return Z_BUF_ERROR;
    status = inflatePrime(&stream->z, at->bits, byte >> (8 - at->bits));
    if (status != Z_OK) return status;
  }
  uint8_t window[window_bytes];
  if (pread(windows_file, window, at->length, (off_t)at->window) != (ssize_t)at->length) return Z_ERRNO;
  return inflateSetDictionary(&stream->z, window, at->length);
}

// The next member of a gzip file, behind the trailer of the one before; Z_STREAM_END where there is none.
static int next_member(ic_stream *stream, int is_gzip) {
  if (!is_gzip) return Z_STREAM_END;
  for (int left = stream->raw ? 8 : 0; left; left--) {
    if (!stream->z.avail_in && refill(stream) != Z_OK) return Z_BUF_ERROR;
    stream->z.next_in++;
    stream->z.avail_in--;
  }
  if (!stream->z.avail_in && refill(stream) != Z_OK) return Z_STREAM_END;
  // What follows a member and is no other is padding.
  if (*stream->z.next_in != 0x1F) return Z_STREAM_END;
  stream->raw = 0;
  return inflateReset2(&stream->z, 31);
}

static int starts_gzip(const ic_stream *stream) {
  uint8_t magic[2] = {0, 0};
  return pread(stream->descriptor, magic, 2, (off_t)stream->start) == 2 && ic_is_gzip(magic, 2);
}

// Decompresses into `into`, all of it.
static int take(ic_stream *stream, uint8_t *into, size_t count) {
  while (count) {
    uInt part = count > 1u << 30 ? 1u << 30 : (uInt)count;
    stream->z.next_out = into;
    stream->z.avail_out = part;
    int status = Z_OK;
    while (stream->z.avail_out && status == Z_OK) {
      if (!stream->z.avail_in && (status = refill(stream)) != Z_OK) return status;
      status = inflate(&stream->z, Z_NO_FLUSH);
      if (status == Z_BUF_ERROR && !stream->z.avail_in) status = Z_OK;
      if (status == Z_STREAM_END && stream->z.avail_out) {
        status = next_member(stream, stream->is_gzip);
        if (status == Z_STREAM_END) return Z_BUF_ERROR;
      }
    }
    if (status != Z_OK && status != Z_STREAM_END) return status;
    uInt got = part - stream->z.avail_out;
    stream->out += got;
    into += got;
    count -= got;
    if (status == Z_STREAM_END) {
      status = next_member(stream, stream->is_gzip);
      if (status != Z_OK && status != Z_STREAM_END) return status;
      // Nothing follows: the next call begins anew.
      if (status == Z_STREAM_END) {
        if (count) return Z_BUF_ERROR;
        inflateEnd(&stream->z);
        stream->open = 0;
      }
    }
  }
  return Z_OK;
}

int ic_stream_read(ic_stream *stream, const ic_points *points, uint64_t offset, uint8_t *into, size_t count,
                   ic_message *message) {
  const point *nearest = NULL;
  if (points) {
    size_t low = 0, high = points->count;
    while (low < high) {
      size_t middle = (low + high) / 2;
      if (points->all[middle].out <= offset) low = middle + 1;
      else high = middle;
    }
    if (low) nearest = &points->all[low - 1];
  }
  int status = Z_OK;
  int goes_on = stream->open && stream->out <= offset && (!nearest || nearest->out <= stream->out);
  if (!goes_on) {
    stream->is_gzip = starts_gzip(stream);
    status = stand_at(stream, nearest);
  }
  while (status == Z_OK && stream->out < offset) {
    uint64_t left = offset - stream->out;
    status = take(stream, stream->skipped, left < skipped_bytes ? (size_t)left : skipped_bytes);
    if (status == Z_OK && !stream->open) status = Z_BUF_ERROR;
  }
  if (status == Z_OK) status = take(stream, into, count);
  if (status == Z_OK) return 1;
  if (stream->open) inflateEnd(&stream->z);
  stream->open = 0;
  return say_stream(status, message);
}

// MARK: Points

static int add_point(ic_points *points, point new) {
  if (points->count == points->room) {
    size_t room = points->room ? 2 * points->room : 64;
    point *grown = realloc(points->all, room * sizeof *grown);
    if (!grown) return 0;
    points->all = grown;
    points->room = room;
  }
  points->all[points->count++] = new;
  return 1;
}

void ic_points_free(ic_points *points) {
  if (!points) return;
  free(points->all);
  free(points);
}

ic_points *ic_points_make(int descriptor, uint64_t start, uint64_t needed, uint64_t span,
                          ic_message *message) {
  ic_points *points = calloc(1, sizeof *points);
  ic_stream *stream = ic_stream_open(descriptor, start, message);
  uint8_t *window = malloc(window_bytes);
  if (!points || !stream || !window) {
    ic_say(message, "out of memory");
    goto failed;
  }
  stream->is_gzip = starts_gzip(stream);
  int status = stand_at(stream, NULL);
  uint64_t out = 0, last = 0;
  // Decompresses round and round into the window, and stops at the ends of blocks.
  stream->z.avail_out = 0;
  while (status == Z_OK && out < needed) {
    if (!stream->z.avail_in && (status = refill(stream)) != Z_OK) break;
    if (!stream->z.avail_out) {
      stream->z.next_out = stream->skipped;
      stream->z.avail_out = skipped_bytes;
    }
    uInt before = stream->z.avail_out;
    status = inflate(&stream->z, Z_BLOCK);
    out += before - stream->z.avail_out;
    if (status == Z_BUF_ERROR && !stream->z.avail_in) status = Z_OK;
    if (status == Z_STREAM_END) {
      if (out >= needed) break;
      status = next_member(stream, stream->is_gzip);
      if (status == Z_STREAM_END) status = Z_BUF_ERROR;
      continue;
    }
    int at_block = (stream->z.data_type & 128) && !(stream->z.data_type & 64);
    if (status != Z_OK || !at_block || out - last < span) continue;
    uInt length = window_bytes;
    if (inflateGetDictionary(&stream->z, window, &length) != Z_OK || !length) continue;
    point new = {.out = out, .in = stream->in - stream->z.avail_in, .length = length,
                 .bits = (uint8_t)(stream->z.data_type & 7)};
    if (!keep_window(window, length, &new.window)) {
      ic_say(message, "the folder for temporary files cannot be written (%s): set TMPDIR to one that can",
             strerror(errno));
      goto failed;
    }
    if (!add_point(points, new)) {
      ic_say(message, "out of memory");
      goto failed;
    }
    last = out;
  }
  if (out < needed) {
    say_stream(status, message);
    goto failed;
  }
  free(window);
  ic_stream_close(stream);
  return points;
failed:
  free(window);
  ic_stream_close(stream);
  ic_points_free(points);
  return NULL;
}
