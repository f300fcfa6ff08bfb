#include "ic_bytes.h"

#include <stdlib.h>
#include <string.h>

// GIF87a and GIF89a (CompuServe 1987, 1990): the first frame, which must cover the canvas.

typedef struct {
  ic_reader reader;
  // [colours][3]; none where the file has no colours for the frame.
  const uint8_t *palette;
  int colours;
  int is_interlaced;
} gif_frame;

static int damaged(ic_message *message) {
  ic_say(message, IC_DAMAGED);
  return 0;
}

static int cut_short(ic_message *message) {
  ic_say(message, IC_CUT_SHORT);
  return 0;
}

static void skip(ic_reader *reader, size_t count) {
  if (count > ic_left(reader)) {
    reader->failed = 1;
    count = ic_left(reader);
  }
  reader->place += count;
}

static void take_palette(gif_frame *frame, int flags) {
  if (!(flags & 0x80)) return;
  frame->colours = 2 << (flags & 7);
  frame->palette = frame->reader.bytes + frame->reader.place;
  skip(&frame->reader, 3 * (size_t)frame->colours);
}

// Reads up to where the codes of the first frame begin.
static int read_header(gif_frame *frame, ic_header *header, ic_message *message) {
  ic_reader *reader = &frame->reader;
  skip(reader, 6);
  long width = ic_take_low(reader, 2), height = ic_take_low(reader, 2);
  int flags = ic_take(reader);
  skip(reader, 2);
  take_palette(frame, flags);
  while (!reader->failed) {
    int block = ic_take(reader);
    if (block == 0x21) {
      skip(reader, 1);
      for (int size; (size = ic_take(reader)) > 0;) skip(reader, size);
      continue;
    }
    if (block != 0x2C) {
      if (reader->failed) break;
      if (block != 0x3B) return damaged(message);
      ic_say(message, "holds no image: put one in its place");
      return 0;
    }
    long left = ic_take_low(reader, 2), top = ic_take_low(reader, 2);
    long frame_width = ic_take_low(reader, 2), frame_height = ic_take_low(reader, 2);
    flags = ic_take(reader);
    take_palette(frame, flags);
    if (reader->failed) break;
    if (left != 0 || top != 0 || frame_width != width || frame_height != height) {
      ic_say(message, "has a first frame of %ld×%ld on %ld×%ld pixels (height × width): save it as "
             "one whole image", frame_height, frame_width, height, width);
      return 0;
    }
    if (!frame->palette) {
      ic_say(message, "has no colours: save it with a palette");
      return 0;
    }
    frame->is_interlaced = flags & 0x40;
    snprintf(header->format, sizeof header->format, "GIF");
    return ic_describe(header, width, height, 3, 8, 1, message);
  }
  return cut_short(message);
}

// The codes of a frame, bit by bit through blocks of at most 255 bytes.
typedef struct {
  ic_reader *reader;
  uint32_t bits;
  int bit_count;
  int block;
} gif_codes;

// -1 where the file ends before.
static int next_code(gif_codes *codes, int length) {
  while (codes->bit_count < length) {
    if (codes->block == 0) {
      codes->block = ic_take(codes->reader);
      if (codes->block == 0) return -1;
    }
    codes->bits |= (uint32_t)ic_take(codes->reader) << codes->bit_count;
    if (codes->reader->failed) return -1;
    codes->bit_count += 8;
    codes->block--;
  }
  int code = (int)(codes->bits & ((1u << length) - 1));
  codes->bits >>= length;
  codes->bit_count -= length;
  return code;
}

// LZW (Welch 1984) with codes of up to 12 bits. Writes `count` indices, in the order of the file.
static int read_indices(ic_reader *reader, uint8_t *indices, size_t count, ic_message *message) {
  int least = ic_take(reader);
  if (least < 1 || least > 8) return reader->failed ? cut_short(message) : damaged(message);
  uint16_t prefix[4096];
  uint8_t last[4096], stack[4097];
  int clear = 1 << least, end = clear + 1, next = end + 1, length = least + 1;
  int previous = -1, first = 0;
  gif_codes codes = {.reader = reader};
  size_t done = 0;
  for (int i = 0; i < clear; i++) last[i] = (uint8_t)i;
  while (done < count) {
    int code = next_code(&codes, length);
    if (code < 0 || code == end) return cut_short(message);
    if (code == clear) {
      next = end + 1;
      length = least + 1;
      previous = -1;
      continue;
    }
    // A code may be the one that is made now.
    if (code > next || (code == next && previous < 0) || (previous < 0 && code >= clear))
      return damaged(message);
    int depth = 0, place = code;
    if (code == next) {
      if (next >= 4096) return damaged(message);
      stack[depth++] = (uint8_t)first;
      place = previous;
    }
    while (place > end) {
      stack[depth++] = last[place];
      place = prefix[place];
    }
    if (place >= clear) return damaged(message);
    first = last[place];
    stack[depth++] = (uint8_t)first;
    while (depth > 0 && done < count) indices[done++] = stack[--depth];
    if (previous >= 0 && next < 4096) {
      prefix[next] = (uint16_t)previous;
      last[next] = (uint8_t)first;
      next++;
      if (next == 1 << length && length < 12) length++;
    }
    previous = code;
  }
  return 1;
}

// The row of the image that row `number` of an interlaced file is.
static int interlaced_row(int number, int height) {
  static const int starts[4] = {0, 4, 2, 1}, steps[4] = {8, 8, 4, 2};
  for (int pass = 0; pass < 4; pass++) {
    int rows = height > starts[pass] ? (height - starts[pass] + steps[pass] - 1) / steps[pass] : 0;
    if (number < rows) return starts[pass] + number * steps[pass];
    number -= rows;
  }
  return 0;
}

static gif_frame frame_of(const uint8_t *bytes, size_t count) {
  return (gif_frame){.reader = {.bytes = bytes, .count = count}};
}

int ic_gif_header(const uint8_t *bytes, size_t count, ic_header *header, ic_message *message) {
  gif_frame frame = frame_of(bytes, count);
  return read_header(&frame, header, message);
}

int ic_gif_decode(const uint8_t *bytes, size_t count, int wants_ids, ic_room *room, ic_header *header,
                  ic_message *message) {
  room->filled = 0;
  gif_frame frame = frame_of(bytes, count);
  if (!read_header(&frame, header, message)) return 0;
  int channels = wants_ids ? 1 : 3;
  if (!ic_has_room(room, header, channels)) return 1;
  size_t width = header->width, area = width * header->height;
  // The indices lie in the last third of colours, which are looked up from the beginning on: a colour
  // never reaches an index that is still to be read.
  uint8_t *indices = room->bytes + (size_t)(channels - 1) * area;
  uint8_t *read = indices;
  uint8_t *rows = NULL;
  if (frame.is_interlaced) {
    rows = malloc(area);
    if (!rows) {
      ic_say(message, "out of memory");
      return 0;
    }
    read = rows;
  }
  int done = read_indices(&frame.reader, read, area, message);
  if (done && rows)
    for (int row = 0; row < header->height; row++)
      memcpy(indices + interlaced_row(row, header->height) * width, rows + row * width, width);
  free(rows);
  if (!done) return 0;
  if (!wants_ids) {
    for (size_t i = 0; i < area; i++) {
      int index = indices[i];
      if (index >= frame.colours) return damaged(message);
      memcpy(room->bytes + 3 * i, frame.palette + 3 * index, 3);
    }
  }
  room->filled = 1;
  return 1;
}
