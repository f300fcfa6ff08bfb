#ifndef IC_BYTES_H
#define IC_BYTES_H

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include "ic_internal.h"

// A file in memory that is read from its beginning on; every read beyond its end fails.
typedef struct {
  const uint8_t *bytes;
  size_t count, place;
  int failed;
} ic_reader;

static inline uint8_t ic_take(ic_reader *reader) {
  if (reader->place >= reader->count) {
    reader->failed = 1;
    return 0;
  }
  return reader->bytes[reader->place++];
}

// The lowest byte first.
static inline uint32_t ic_take_low(ic_reader *reader, int bytes) {
  uint32_t value = 0;
  for (int i = 0; i < bytes; i++) value |= (uint32_t)ic_take(reader) << (8 * i);
  return value;
}

static inline size_t ic_left(const ic_reader *reader) { return reader->count - reader->place; }

// Says what the pixels need, and whether there is room for them. The extent has been accepted.
static inline int ic_has_room(ic_room *room, const ic_header *header, int channels) {
  room->needed = (size_t)header->width * header->height * channels * (header->depth / 8);
  return room->capacity >= room->needed;
}

// Fills in what is the same of all files of this kind, once their extent is known.
static inline int ic_describe(ic_header *header, long width, long height, int channels, int depth,
                              int holds_ids, ic_message *message) {
  if (width <= 0 || height <= 0) {
    ic_say(message, "says that it is %ld×%ld pixels (height × width): " IC_DAMAGED, height, width);
    return 0;
  }
  if (width > ic_maximum_pixels || height > ic_maximum_pixels) width = height = ic_maximum_pixels;
  if (!ic_accept_extent(width, height, message)) return 0;
  header->width = (int)width;
  header->height = (int)height;
  header->channels = channels;
  header->depth = depth;
  header->holds_ids = holds_ids;
  return 1;
}

#endif
