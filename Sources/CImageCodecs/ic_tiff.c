#include "ic_tiff_tags.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <tiffio.h>
#include <unistd.h>

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

// No file that can be decoded asks libtiff for more at once.
static const tmsize_t maximum_allocation = (tmsize_t)2 << 30;
// More pages are no stack but a file that was made to take time.
enum { maximum_pages = 1 << 20 };

// MARK: The file

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

static int say_damage(const ic_tiff *tiff, ic_message *message) {
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
  if (tiff->error[0]) return say_damage(tiff, message);
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
    if (tiff->file ? find_pages(tiff, message) : say_damage(tiff, message)) {
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

// MARK: What pages say besides

static int stand_at(ic_tiff *tiff, int number, ic_message *message) {
  tiff->error[0] = 0;
  if (number < 0 || number >= tiff->page_count) {
    ic_say(message, "has no page of number %d", number);
    return 0;
  }
  return TIFFSetSubDirectory(tiff->file, tiff->pages[number]) ? 1 : say_damage(tiff, message);
}

int ic_tiff_resolution(ic_tiff *tiff, int number, ic_resolution *resolution, ic_message *message) {
  if (!stand_at(tiff, number, message)) return 0;
  float x = 0, y = 0;
  uint16_t unit = RESUNIT_INCH;
  TIFFGetField(tiff->file, TIFFTAG_XRESOLUTION, &x);
  TIFFGetField(tiff->file, TIFFTAG_YRESOLUTION, &y);
  TIFFGetFieldDefaulted(tiff->file, TIFFTAG_RESOLUTIONUNIT, &unit);
  *resolution = (ic_resolution){x, y, unit};
  return 1;
}

const char *ic_tiff_description(ic_tiff *tiff, int number, ic_message *message) {
  char *text = NULL;
  if (!stand_at(tiff, number, message)) return NULL;
  return TIFFGetField(tiff->file, TIFFTAG_IMAGEDESCRIPTION, &text) && text ? text : "";
}

int ic_copy_geographic_tags(ic_tiff *from, int number, TIFF *to, ic_message *message) {
  if (!stand_at(from, number, message)) return 0;
  for (const TIFFFieldInfo *field = ic_geographic_tags; field->field_tag; field++) {
    if (field->field_type == TIFF_ASCII) {
      char *text = NULL;
      if (TIFFGetField(from->file, field->field_tag, &text) && text)
        TIFFSetField(to, field->field_tag, text);
    } else {
      uint16_t count = 0;
      void *values = NULL;
      if (TIFFGetField(from->file, field->field_tag, &count, &values) && count && values)
        TIFFSetField(to, field->field_tag, count, values);
    }
  }
  return 1;
}

// MARK: A page

enum number { unsigned_integer, signed_integer, floating };

// What is known of a page before it is decoded.
typedef struct {
  ic_tiff *tiff;
  TIFF *file;
  uint32_t width, height;
  // In the file, `samples` with what is dropped; of the decoded image, `channels`.
  int samples, channels, bits;
  enum number number;
  int photometric, is_planar, is_palette, is_tiled, compression;
  const uint16_t *red, *green, *blue;
} page;

static const char *name_of(const page *of) {
  switch (of->photometric) {
    case PHOTOMETRIC_RGB: case PHOTOMETRIC_YCBCR: return "RGB";
    case PHOTOMETRIC_PALETTE: return "palette";
    default: return "grey";
  }
}

static int refuse(ic_message *message, const char *what, const char *remedy) {
  ic_say(message, "is a TIFF %s: %s", what, remedy);
  return 0;
}

static int describe_numbers(page *of, ic_message *message) {
  uint16_t bits = 1, format = SAMPLEFORMAT_UINT;
  TIFFGetFieldDefaulted(of->file, TIFFTAG_BITSPERSAMPLE, &bits);
  TIFFGetFieldDefaulted(of->file, TIFFTAG_SAMPLEFORMAT, &format);
  of->bits = bits;
  switch (format) {
    case SAMPLEFORMAT_UINT: case SAMPLEFORMAT_VOID: of->number = unsigned_integer; break;
    case SAMPLEFORMAT_INT: of->number = signed_integer; break;
    case SAMPLEFORMAT_IEEEFP: of->number = floating; break;
    default: return refuse(message, "of complex numbers", "save their magnitude");
  }
  int fits = of->number == floating          ? bits == 16 || bits == 32 || bits == 64
             : of->number == signed_integer  ? bits == 8 || bits == 16 || bits == 32 || bits == 64
                                             : (bits >= 1 && bits <= 16) || bits == 32 || bits == 64;
  if (fits) return 1;
  char what[40];
  snprintf(what, sizeof what, "of %d-bit samples", bits);
  return refuse(message, what, "save it with 8, 16 or 32");
}

static int describe_colours(page *of, ic_message *message) {
  uint16_t samples = 1, photometric = PHOTOMETRIC_MINISBLACK, extra = 0, *kinds = NULL;
  uint16_t planar = PLANARCONFIG_CONTIG, compression = COMPRESSION_NONE;
  TIFFGetFieldDefaulted(of->file, TIFFTAG_SAMPLESPERPIXEL, &samples);
  TIFFGetField(of->file, TIFFTAG_PHOTOMETRIC, &photometric);
  TIFFGetFieldDefaulted(of->file, TIFFTAG_EXTRASAMPLES, &extra, &kinds);
  TIFFGetFieldDefaulted(of->file, TIFFTAG_PLANARCONFIG, &planar);
  TIFFGetFieldDefaulted(of->file, TIFFTAG_COMPRESSION, &compression);
  of->photometric = photometric;
  of->samples = samples;
  of->is_planar = planar == PLANARCONFIG_SEPARATE && samples > 1;
  of->compression = compression;
  int colours = 1;
  switch (photometric) {
    case PHOTOMETRIC_MINISBLACK: case PHOTOMETRIC_MINISWHITE: break;
    case PHOTOMETRIC_RGB: colours = 3; break;
    case PHOTOMETRIC_PALETTE:
      of->is_palette = 1;
      if (of->number != unsigned_integer || of->bits > 16 ||
          !TIFFGetField(of->file, TIFFTAG_COLORMAP, &of->red, &of->green, &of->blue))
        return refuse(message, "with a palette that is missing or wrong", "save it as RGB");
      break;
    case PHOTOMETRIC_YCBCR:
      if (compression != COMPRESSION_JPEG || of->is_planar)
        return refuse(message, "of YCbCr without JPEG", "save it as RGB");
      colours = 3;
      TIFFSetField(of->file, TIFFTAG_JPEGCOLORMODE, JPEGCOLORMODE_RGB);
      break;
    case PHOTOMETRIC_SEPARATED: return refuse(message, "of CMYK", "save it as RGB");
    default: return refuse(message, "of neither grey, RGB nor a palette", "save it as RGB");
  }
  if (samples < colours)
    return refuse(message, "with fewer samples than colours", "save it again");
  // Alpha says how pixels are shown; samples of which nothing is said are channels like others.
  int others = samples - colours;
  for (int i = 0; i < extra && i < samples - colours; i++)
    if (kinds[i] == EXTRASAMPLE_ASSOCALPHA || kinds[i] == EXTRASAMPLE_UNASSALPHA) {
      if (i < samples - colours - 1)
        return refuse(message, "with alpha between its channels", "save it without alpha");
      others--;
    }
  if (of->is_palette && others)
    return refuse(message, "with a palette and other channels", "save it as RGB");
  of->channels = colours + others;
  return 1;
}

static int describe(ic_tiff *tiff, int number, page *of, ic_header *header, ic_message *message) {
  *of = (page){.tiff = tiff, .file = tiff->file};
  tiff->error[0] = 0;
  if (number < 0 || number >= tiff->page_count) {
    ic_say(message, "has %d page%s, from 0: there is none of number %d", tiff->page_count,
           tiff->page_count == 1 ? "" : "s", number);
    return 0;
  }
  if (!TIFFSetSubDirectory(tiff->file, tiff->pages[number])) return say_damage(tiff, message);
  if (!TIFFGetField(tiff->file, TIFFTAG_IMAGEWIDTH, &of->width) ||
      !TIFFGetField(tiff->file, TIFFTAG_IMAGELENGTH, &of->height) || !of->width || !of->height)
    return refuse(message, "without a size", IC_DAMAGED);
  if (!ic_accept_extent(of->width, of->height, message)) return 0;
  uint16_t orientation = ORIENTATION_TOPLEFT;
  TIFFGetFieldDefaulted(of->file, TIFFTAG_ORIENTATION, &orientation);
  if (!ic_accept_orientation(orientation, message)) return 0;
  if (!describe_numbers(of, message) || !describe_colours(of, message)) return 0;
  of->is_tiled = TIFFIsTiled(of->file);
  header->width = (int)of->width;
  header->height = (int)of->height;
  header->channels = of->is_palette ? 3 : of->channels;
  header->depth = of->is_palette                                      ? 8
                  : of->number == unsigned_integer && of->bits <= 8   ? 8
                  : of->number == unsigned_integer && of->bits <= 16  ? 16
                                                                      : 32;
  header->holds_ids = of->channels == 1 && of->number != floating && of->compression != COMPRESSION_JPEG;
  snprintf(header->format, sizeof header->format, "%d-bit%s %s%s", of->bits,
           of->number == floating         ? " float"
           : of->number == signed_integer ? " signed"
                                          : "",
           name_of(of), of->compression == COMPRESSION_JPEG ? ", JPEG" : "");
  if (of->channels != 1 && of->channels != 3)
    snprintf(header->format, sizeof header->format, "%d-bit of %d channels", of->bits, of->channels);
  return 1;
}

// MARK: Samples

// A half-precision number (IEEE 754, binary16).
static float from_half(uint16_t half) {
  uint32_t sign = (uint32_t)(half >> 15) << 31, exponent = half >> 10 & 31, fraction = half & 1023;
  uint32_t bits;
  if (exponent == 31) {
    bits = sign | 0x7F800000 | fraction << 13;
  } else if (exponent) {
    bits = sign | (exponent + 112) << 23 | fraction << 13;
  } else {
    float value = (float)fraction / 16777216.0f;
    return sign ? -value : value;
  }
  float value;
  memcpy(&value, &bits, sizeof value);
  return value;
}

// The sample at an index of a decoded row, whose samples are packed without gaps.
static int64_t integer_at(const page *of, const uint8_t *row, size_t index) {
  int is_signed = of->number == signed_integer;
  switch (of->bits) {
    case 8: return is_signed ? ((const int8_t *)row)[index] : row[index];
    case 16: {
      uint16_t value;
      memcpy(&value, row + 2 * index, 2);
      return is_signed ? (int16_t)value : value;
    }
    case 32: {
      uint32_t value;
      memcpy(&value, row + 4 * index, 4);
      return is_signed ? (int64_t)(int32_t)value : (int64_t)value;
    }
    case 64: {
      uint64_t value;
      memcpy(&value, row + 8 * index, 8);
      return is_signed || value <= INT64_MAX ? (int64_t)value : INT64_MAX;
    }
    default: {
      // Fewer than 16 bits, the highest first.
      size_t bit = index * (size_t)of->bits;
      uint32_t value = 0;
      for (int i = 0; i < of->bits; i++, bit++)
        value = value << 1 | (row[bit >> 3] >> (7 - (bit & 7)) & 1);
      return value;
    }
  }
}

static float real_at(const page *of, const uint8_t *row, size_t index) {
  if (of->number != floating) return (float)integer_at(of, row, index);
  if (of->bits == 16) {
    uint16_t half;
    memcpy(&half, row + 2 * index, 2);
    return from_half(half);
  }
  if (of->bits == 32) {
    float value;
    memcpy(&value, row + 4 * index, 4);
    return value;
  }
  double value;
  memcpy(&value, row + 8 * index, 8);
  return (float)value;
}

// Takes a run of `count` pixels from a decoded row whose pixels have `stride` samples: to pixel `at` of the
// target, to all channels or, of a plane alone, to the one of number `plane`.
typedef void take_run(const page *of, const uint8_t *row, int stride, int plane, size_t at, size_t count,
                      void *target);

// [pixels][3] of 8 bits.
static void take_palette(const page *of, const uint8_t *row, int stride, int plane, size_t at,
                         size_t count, void *target) {
  uint8_t *to = (uint8_t *)target + 3 * at;
  for (size_t i = 0; i < count; i++, to += 3) {
    int64_t index = integer_at(of, row, i * (size_t)stride);
    to[0] = (uint8_t)(of->red[index] >> 8);
    to[1] = (uint8_t)(of->green[index] >> 8);
    to[2] = (uint8_t)(of->blue[index] >> 8);
  }
}

// Runs over the samples of a run that are kept.
#define FOR_SAMPLES(body)                                                          \
  do {                                                                             \
    int first = plane < 0 ? 0 : plane, channels = plane < 0 ? of->channels : 1;    \
    for (size_t i = 0; i < count; i++)                                             \
      for (int c = 0; c < channels; c++) {                                         \
        size_t from = i * (size_t)stride + (size_t)c;                              \
        size_t to = (at + i) * (size_t)of->channels + (size_t)(first + c);         \
        body;                                                                      \
      }                                                                            \
  } while (0)

// Fewer than 8 bits of grey are spread over 0...255; where 0 is white, it becomes the largest.
static void take_bytes(const page *of, const uint8_t *row, int stride, int plane, size_t at,
                       size_t count, void *target) {
  uint8_t *values = target;
  int most = (1 << of->bits) - 1, inverts = of->photometric == PHOTOMETRIC_MINISWHITE;
  if (of->bits == 8 && plane < 0 && stride == of->channels && !inverts) {
    memcpy(values + at * (size_t)stride, row, count * (size_t)stride);
    return;
  }
  FOR_SAMPLES({
    int value = (int)integer_at(of, row, from);
    if (inverts) value = most - value;
    values[to] = (uint8_t)(of->bits == 8 ? value : value * 255 / most);
  });
}

static void take_words(const page *of, const uint8_t *row, int stride, int plane, size_t at,
                       size_t count, void *target) {
  uint16_t *values = target;
  int most = (1 << of->bits) - 1, inverts = of->photometric == PHOTOMETRIC_MINISWHITE;
  if (of->bits == 16 && plane < 0 && stride == of->channels && !inverts) {
    memcpy(values + at * (size_t)stride, row, 2 * count * (size_t)stride);
    return;
  }
  FOR_SAMPLES({
    int value = (int)integer_at(of, row, from);
    values[to] = (uint16_t)(inverts ? most - value : value);
  });
}

static void take_reals(const page *of, const uint8_t *row, int stride, int plane, size_t at,
                       size_t count, void *target) {
  float *values = target;
  if (of->number == floating && of->bits == 32 && plane < 0 && stride == of->channels) {
    memcpy(values + at * (size_t)stride, row, 4 * count * (size_t)stride);
    return;
  }
  FOR_SAMPLES(values[to] = real_at(of, row, from));
}

static void take_ids(const page *of, const uint8_t *row, int stride, int plane, size_t at,
                     size_t count, void *target) {
  int64_t *values = target;
  for (size_t i = 0; i < count; i++) values[at + i] = integer_at(of, row, i * (size_t)stride);
}

static void take_byte_ids(const page *of, const uint8_t *row, int stride, int plane, size_t at,
                          size_t count, void *target) {
  uint8_t *values = target;
  for (size_t i = 0; i < count; i++)
    values[at + i] = (uint8_t)integer_at(of, row, i * (size_t)stride);
}

static void take_word_ids(const page *of, const uint8_t *row, int stride, int plane, size_t at,
                          size_t count, void *target) {
  uint16_t *values = target;
  for (size_t i = 0; i < count; i++)
    values[at + i] = (uint16_t)integer_at(of, row, i * (size_t)stride);
}

// MARK: Decoding

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
  if (!width || !rows) return refuse(message, "with strips or tiles of no size", IC_DAMAGED);
  int planes = of->is_planar ? of->channels : 1, stride = of->is_planar ? 1 : of->samples;
  tmsize_t bytes = of->is_tiled ? TIFFTileSize(of->file) : TIFFStripSize(of->file);
  size_t row = row_bytes(of, width, stride);
  // A row of a chunk never ends behind the chunk.
  if (bytes <= 0 || row > (size_t)bytes || (size_t)bytes / row < rows)
    return say_damage(of->tiff, message);
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
  return done ? 1 : say_damage(of->tiff, message);
}

int ic_tiff_header(ic_tiff *tiff, int number, ic_header *header, ic_message *message) {
  page of;
  return describe(tiff, number, &of, header, message);
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
  if (!describe(tiff, number, &of, header, message)) return 0;
  take_run *take = of.is_palette         ? take_palette
                   : header->depth == 8  ? take_bytes
                   : header->depth == 16 ? take_words
                                         : take_reals;
  size_t bytes = (size_t)header->channels * (size_t)header->depth / 8;
  return decode_into(&of, take, bytes, pixels, message);
}

int ic_tiff_decode_ids(ic_tiff *tiff, int number, ic_room *ids, ic_header *header,
                       ic_message *message) {
  page of;
  ids->filled = 0;
  if (!describe(tiff, number, &of, header, message)) return 0;
  if (!header->holds_ids) return 1;
  int is_small = of.number == unsigned_integer && of.bits <= 16;
  header->depth = !is_small ? 64 : of.bits <= 8 ? 8 : 16;
  take_run *take = !is_small ? take_ids : of.bits <= 8 ? take_byte_ids : take_word_ids;
  return decode_into(&of, take, (size_t)header->depth / 8, ids, message);
}
