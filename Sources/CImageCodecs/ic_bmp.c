#include "ic_bytes.h"

#include <string.h>

// BMP of Windows and OS/2: 1, 4 and 8 bits with a palette, 16, 24 and 32 bits, runs of 4 and 8 bits.

enum { plain = 0, runs_of_8 = 1, runs_of_4 = 2, masks = 3, masks_with_alpha = 6 };

typedef struct {
  ic_reader reader;
  int bits, compression, is_top_down;
  size_t pixels;  // where they begin
  const uint8_t *palette;
  int colours, palette_bytes;
  uint32_t channel_masks[3];  // red, green, blue
} bmp_file;

static int damaged(ic_message *message) {
  ic_say(message, IC_DAMAGED);
  return 0;
}

static int cut_short(ic_message *message) {
  ic_say(message, IC_CUT_SHORT);
  return 0;
}

static int is_mask(uint32_t mask) {
  if (!mask) return 0;
  while (!(mask & 1)) mask >>= 1;
  return (mask & (mask + 1)) == 0;
}

static int read_masks(bmp_file *file, ic_message *message) {
  if (file->bits != 16 && file->bits != 32) return 1;
  if (file->compression == plain) {
    int is_of_five = file->bits == 16;
    file->channel_masks[0] = is_of_five ? 0x7C00 : 0xFF0000;
    file->channel_masks[1] = is_of_five ? 0x03E0 : 0x00FF00;
    file->channel_masks[2] = is_of_five ? 0x001F : 0x0000FF;
    return 1;
  }
  // They are within a long header or behind a short one, at the same place.
  file->reader.place = 14 + 40;
  for (int i = 0; i < 3; i++) {
    file->channel_masks[i] = ic_take_low(&file->reader, 4);
    if (!is_mask(file->channel_masks[i])) return damaged(message);
  }
  return 1;
}

static size_t row_bytes(const bmp_file *file, const ic_header *header) {
  return ((size_t)header->width * file->bits + 31) / 32 * 4;
}

static int read_header(bmp_file *file, ic_header *header, ic_message *message) {
  ic_reader *reader = &file->reader;
  reader->place = 10;
  file->pixels = ic_take_low(reader, 4);
  uint32_t size = ic_take_low(reader, 4);
  int is_core = size == 12;
  if (!is_core && (size < 16 || size > 256)) return reader->failed ? cut_short(message) : damaged(message);
  long width = is_core ? (long)ic_take_low(reader, 2) : (long)(int32_t)ic_take_low(reader, 4);
  long height = is_core ? (long)ic_take_low(reader, 2) : (long)(int32_t)ic_take_low(reader, 4);
  ic_take_low(reader, 2);
  file->bits = (int)ic_take_low(reader, 2);
  file->compression = size >= 20 ? (int)ic_take_low(reader, 4) : plain;
  uint32_t colours = 0;
  if (size >= 36) {
    // The size of the pixels, and how many there are to a metre.
    for (int i = 0; i < 3; i++) ic_take_low(reader, 4);
    colours = ic_take_low(reader, 4);
  }
  if (reader->failed) return cut_short(message);
  file->is_top_down = height < 0;
  if (height < 0) height = -height;
  int is_indexed = file->bits == 1 || file->bits == 4 || file->bits == 8;
  if (!is_indexed && file->bits != 16 && file->bits != 24 && file->bits != 32) {
    ic_say(message, "is BMP of %d bits a pixel: convert it to PNG, losslessly", file->bits);
    return 0;
  }
  int is_known = file->compression == plain || (file->compression == runs_of_8 && file->bits == 8) ||
                 (file->compression == runs_of_4 && file->bits == 4) ||
                 ((file->compression == masks || file->compression == masks_with_alpha) &&
                  size >= 40 && (file->bits == 16 || file->bits == 32));
  if (!is_known) {
    ic_say(message, "is BMP of compression %d, which is not read: convert it to PNG, losslessly",
           file->compression);
    return 0;
  }
  if (!read_masks(file, message)) return 0;
  if (is_indexed) {
    file->palette_bytes = is_core ? 3 : 4;
    file->colours = colours > 0 && colours <= 256 ? (int)colours : 1 << file->bits;
    size_t start = 14 + (size_t)size;
    if (start > reader->count || reader->count - start < (size_t)file->colours * file->palette_bytes)
      return cut_short(message);
    file->palette = reader->bytes + start;
  }
  if (reader->failed) return cut_short(message);
  snprintf(header->format, sizeof header->format, "%d-bit %s", is_indexed ? 8 : file->bits,
           is_indexed ? "palette" : "RGB");
  if (!ic_describe(header, width, height, 3, 8, is_indexed, message)) return 0;
  if (file->pixels > reader->count) return cut_short(message);
  int is_run = file->compression == runs_of_8 || file->compression == runs_of_4;
  if (!is_run && (reader->count - file->pixels) / row_bytes(file, header) < (size_t)header->height) {
    // The last row may end where its pixels do.
    size_t whole = row_bytes(file, header) * (header->height - 1);
    if (reader->count - file->pixels < whole + ((size_t)header->width * file->bits + 7) / 8)
      return cut_short(message);
  }
  return 1;
}

// The indices of a file of runs, the lowest row first; what is skipped is 0.
static int read_runs(bmp_file *file, const ic_header *header, uint8_t *indices, ic_message *message) {
  ic_reader *reader = &file->reader;
  size_t width = header->width, height = header->height, x = 0, y = 0;
  int is_of_4 = file->compression == runs_of_4;
  memset(indices, 0, width * height);
  reader->place = file->pixels;
  while (1) {
    int count = ic_take(reader), value = ic_take(reader);
    if (reader->failed) return cut_short(message);
    if (count > 0) {
      if (y >= height) return damaged(message);
      for (int i = 0; i < count && x < width; i++, x++)
        indices[y * width + x] = (uint8_t)(is_of_4 ? (i & 1 ? value & 15 : value >> 4) : value);
      continue;
    }
    if (value == 0) {
      x = 0;
      y++;
    } else if (value == 1) {
      return 1;
    } else if (value == 2) {
      x += ic_take(reader);
      y += ic_take(reader);
      if (x > width || y > height) return damaged(message);
    } else {
      if (y >= height) return damaged(message);
      int bytes = is_of_4 ? (value + 1) / 2 : value, byte = 0;
      for (int i = 0; i < value; i++) {
        if (!is_of_4 || !(i & 1)) byte = ic_take(reader);
        int index = is_of_4 ? (i & 1 ? byte & 15 : byte >> 4) : byte;
        if (x < width) indices[y * width + x++] = (uint8_t)index;
      }
      if (bytes & 1) ic_take(reader);
    }
    // A file that goes on behind its last row has nothing more to say.
    if (y >= height) return 1;
  }
}

static void read_row(const bmp_file *file, const ic_header *header, size_t number, uint8_t *indices) {
  const uint8_t *row = file->reader.bytes + file->pixels + number * row_bytes(file, header);
  int per_byte = 8 / file->bits;
  for (int x = 0; x < header->width; x++) {
    int shift = 8 - file->bits * (x % per_byte + 1);
    indices[x] = (uint8_t)(row[x / per_byte] >> shift & ((1 << file->bits) - 1));
  }
}

// A channel of few bits spread over 0...255.
static uint8_t channel(uint32_t pixel, uint32_t mask) {
  int shift = __builtin_ctz(mask);
  uint64_t greatest = mask >> shift;
  return (uint8_t)((uint64_t)((pixel & mask) >> shift) * 255 / greatest);
}

static void read_colours(const bmp_file *file, const ic_header *header, size_t number, uint8_t *rgb) {
  const uint8_t *row = file->reader.bytes + file->pixels + number * row_bytes(file, header);
  int bytes = file->bits / 8;
  for (int x = 0; x < header->width; x++, rgb += 3) {
    const uint8_t *pixel = row + (size_t)x * bytes;
    if (bytes == 3) {
      for (int i = 0; i < 3; i++) rgb[i] = pixel[2 - i];
      continue;
    }
    uint32_t value = 0;
    for (int i = 0; i < bytes; i++) value |= (uint32_t)pixel[i] << (8 * i);
    for (int i = 0; i < 3; i++) rgb[i] = channel(value, file->channel_masks[i]);
  }
}

static int look_up(const bmp_file *file, const uint8_t *indices, size_t count, uint8_t *rgb,
                   ic_message *message) {
  for (size_t i = 0; i < count; i++) {
    int index = indices[i];
    if (index >= file->colours) return damaged(message);
    const uint8_t *colour = file->palette + (size_t)index * file->palette_bytes;
    for (int j = 0; j < 3; j++) rgb[3 * i + j] = colour[2 - j];
  }
  return 1;
}

static void turn(uint8_t *pixels, size_t row, size_t rows) {
  for (size_t top = 0, bottom = rows - 1; top < bottom; top++, bottom--)
    for (size_t i = 0; i < row; i++) {
      uint8_t byte = pixels[top * row + i];
      pixels[top * row + i] = pixels[bottom * row + i];
      pixels[bottom * row + i] = byte;
    }
}

int ic_bmp_decode(const uint8_t *bytes, size_t count, int wants_ids, ic_room *room, ic_header *header,
                  ic_message *message) {
  room->filled = 0;
  bmp_file file = {.reader = {.bytes = bytes, .count = count}};
  if (!read_header(&file, header, message)) return 0;
  int channels = wants_ids ? 1 : 3;
  if (!ic_has_room(room, header, channels)) return 1;
  if (wants_ids && !header->holds_ids) return 1;
  size_t width = header->width, height = header->height;
  if (file.bits > 8) {
    for (size_t row = 0; row < height; row++)
      read_colours(&file, header, row, room->bytes + 3 * width * row);
  } else {
    // The last third of colours: a colour never reaches an index that is still to be read.
    uint8_t *indices = room->bytes + (size_t)(channels - 1) * width * height;
    if (file.compression == plain)
      for (size_t row = 0; row < height; row++)
        read_row(&file, header, row, indices + width * row);
    else if (!read_runs(&file, header, indices, message))
      return 0;
    if (!wants_ids && !look_up(&file, indices, width * height, room->bytes, message)) return 0;
  }
  if (!file.is_top_down) turn(room->bytes, width * channels, height);
  room->filled = 1;
  return 1;
}

int ic_bmp_header(const uint8_t *bytes, size_t count, ic_header *header, ic_message *message) {
  bmp_file file = {.reader = {.bytes = bytes, .count = count}};
  return read_header(&file, header, message);
}
