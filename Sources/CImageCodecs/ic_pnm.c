#include "ic_bytes.h"

#include <string.h>

// Netpbm: PBM, PGM and PPM as text (P1, P2, P3) and as bytes (P4, P5, P6), and PAM (P7). In PBM 1 is
// black; as an id white is 1, as everywhere else.

typedef struct {
  ic_reader reader;
  int kind;  // 1...7
  int stored;  // samples of a pixel, alpha included
  unsigned greatest;
} pnm_file;

static int damaged(ic_message *message) {
  ic_say(message, IC_DAMAGED);
  return 0;
}

static int is_blank(uint8_t byte) { return byte == ' ' || (byte >= 9 && byte <= 13); }

// Blanks and comments up to the end of their line.
static void skip_blanks(ic_reader *reader) {
  while (ic_left(reader) > 0) {
    uint8_t byte = reader->bytes[reader->place];
    if (byte == '#') {
      while (ic_left(reader) > 0 && reader->bytes[reader->place] != '\n') reader->place++;
    } else if (is_blank(byte)) {
      reader->place++;
    } else {
      return;
    }
  }
}

// A number below 2^31; -1 where there is none.
static long take_number(ic_reader *reader) {
  skip_blanks(reader);
  long value = -1;
  while (ic_left(reader) > 0) {
    uint8_t byte = reader->bytes[reader->place];
    if (byte < '0' || byte > '9') break;
    value = (value < 0 ? 0 : value) * 10 + (byte - '0');
    if (value > 0x7FFFFFFF) return -1;
    reader->place++;
  }
  return value;
}

// The next word of a PAM header, at most 31 letters.
static void take_word(ic_reader *reader, char word[32]) {
  int length = 0;
  while (ic_left(reader) > 0 && !is_blank(reader->bytes[reader->place])) {
    if (length < 31) word[length++] = (char)reader->bytes[reader->place];
    reader->place++;
  }
  word[length] = 0;
}

static int read_pam(pnm_file *file, long *width, long *height, int *has_alpha) {
  ic_reader *reader = &file->reader;
  long depth = -1, greatest = -1;
  char word[32];
  *width = *height = -1;
  *has_alpha = 0;
  while (ic_left(reader) > 0) {
    skip_blanks(reader);
    take_word(reader, word);
    if (!strcmp(word, "ENDHDR")) {
      // The pixels begin behind the end of the line.
      if (ic_take(reader) != '\n') return 0;
      file->stored = (int)depth;
      file->greatest = (unsigned)greatest;
      return depth >= 1 && depth <= 64 && greatest >= 1 && greatest <= 65535;
    }
    if (!strcmp(word, "WIDTH")) *width = take_number(reader);
    else if (!strcmp(word, "HEIGHT")) *height = take_number(reader);
    else if (!strcmp(word, "DEPTH")) depth = take_number(reader);
    else if (!strcmp(word, "MAXVAL")) greatest = take_number(reader);
    else if (!strcmp(word, "TUPLTYPE")) {
      skip_blanks(reader);
      take_word(reader, word);
      size_t length = strlen(word);
      *has_alpha = length > 6 && !strcmp(word + length - 6, "_ALPHA");
    } else return 0;
  }
  return 0;
}

// The least number of bytes that the samples of a file take.
static size_t least_bytes(const pnm_file *file, const ic_header *header) {
  size_t pixels = (size_t)header->width * header->height;
  switch (file->kind) {
  case 1: return pixels;
  case 2: case 3: return 2 * pixels * file->stored - 1;
  case 4: return ((size_t)header->width + 7) / 8 * header->height;
  default: return pixels * file->stored * (file->greatest > 255 ? 2 : 1);
  }
}

static int read_header(pnm_file *file, ic_header *header, ic_message *message) {
  ic_reader *reader = &file->reader;
  ic_take(reader);
  file->kind = ic_take(reader) - '0';
  long width, height;
  int has_alpha = 0;
  if (file->kind == 7) {
    if (!read_pam(file, &width, &height, &has_alpha)) return damaged(message);
  } else {
    width = take_number(reader);
    height = take_number(reader);
    long greatest = file->kind == 1 || file->kind == 4 ? 1 : take_number(reader);
    if (greatest < 1 || greatest > 65535) return damaged(message);
    file->greatest = (unsigned)greatest;
    file->stored = file->kind == 3 || file->kind == 6 ? 3 : 1;
    // One blank is before the bytes.
    if (file->kind >= 4 && !is_blank(ic_take(reader))) return damaged(message);
  }
  int channels = file->stored - (has_alpha && file->stored > 1);
  snprintf(header->format, sizeof header->format, "%d-bit %s", file->greatest > 255 ? 16 : 8,
           channels == 1 ? "grey" : channels == 3 ? "RGB" : "PAM of other channels");
  if (!ic_describe(header, width, height, channels, file->greatest > 255 ? 16 : 8, channels == 1,
                   message))
    return 0;
  if (reader->failed || ic_left(reader) < least_bytes(file, header)) {
    ic_say(message, IC_CUT_SHORT);
    return 0;
  }
  return 1;
}

// Of fewer than 8 bits, spread over 0...255, to the nearest and of two the even.
static unsigned spread(unsigned value, unsigned greatest) {
  unsigned twice = 2 * value * 255, whole = twice / (2 * greatest), rest = twice % (2 * greatest);
  return whole + (rest > greatest || (rest == greatest && (whole & 1)));
}

// The next sample; beyond the greatest where there is none.
static unsigned take_sample(pnm_file *file, size_t column, uint8_t *bits) {
  ic_reader *reader = &file->reader;
  switch (file->kind) {
  case 1:
    skip_blanks(reader);
    switch (ic_take(reader)) {
    case '0': return 1;
    case '1': return 0;
    default: return 0x10000;
    }
  case 2: case 3: {
    long value = take_number(reader);
    return value < 0 ? 0x10000 : (unsigned)value;
  }
  case 4:
    if (column % 8 == 0) *bits = ic_take(reader);
    return *bits >> (7 - column % 8) & 1 ? 0 : 1;
  default: {
    unsigned high = file->greatest > 255 ? ic_take(reader) : 0;
    return high << 8 | ic_take(reader);
  }
  }
}

int ic_pnm_decode(const uint8_t *bytes, size_t count, int wants_ids, ic_room *room, ic_header *header,
                  ic_message *message) {
  room->filled = 0;
  pnm_file file = {.reader = {.bytes = bytes, .count = count}};
  if (!read_header(&file, header, message)) return 0;
  int channels = wants_ids ? 1 : header->channels;
  if (!ic_has_room(room, header, channels)) return 1;
  if (wants_ids && !header->holds_ids) return 1;
  uint8_t *to = room->bytes;
  for (int row = 0; row < header->height; row++) {
    uint8_t bits = 0;
    for (size_t column = 0; column < (size_t)header->width; column++) {
      for (int sample = 0; sample < file.stored; sample++) {
        unsigned value = take_sample(&file, column, &bits);
        if (file.reader.failed || value > file.greatest) {
          ic_say(message, file.reader.failed ? IC_CUT_SHORT : IC_DAMAGED);
          return 0;
        }
        if (sample >= channels) continue;
        if (header->depth == 16) {
          uint16_t word = (uint16_t)value;
          memcpy(to, &word, 2);
          to += 2;
        } else {
          *to++ = (uint8_t)(wants_ids || file.greatest == 255 ? value : spread(value, file.greatest));
        }
      }
    }
  }
  room->filled = 1;
  return 1;
}

int ic_pnm_header(const uint8_t *bytes, size_t count, ic_header *header, ic_message *message) {
  pnm_file file = {.reader = {.bytes = bytes, .count = count}};
  return read_header(&file, header, message);
}
