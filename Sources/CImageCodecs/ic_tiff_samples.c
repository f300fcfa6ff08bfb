// Samples of decoded rows, as callers want them.

#include "ic_tiff.h"

#include <string.h>

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

void ic_tiff_take_palette(const page *of, const uint8_t *row, int stride, int plane, size_t at,
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

void ic_tiff_take_bytes(const page *of, const uint8_t *row, int stride, int plane, size_t at,
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

void ic_tiff_take_words(const page *of, const uint8_t *row, int stride, int plane, size_t at,
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

void ic_tiff_take_reals(const page *of, const uint8_t *row, int stride, int plane, size_t at,
                       size_t count, void *target) {
  float *values = target;
  if (of->number == floating && of->bits == 32 && plane < 0 && stride == of->channels) {
    memcpy(values + at * (size_t)stride, row, 4 * count * (size_t)stride);
    return;
  }
  FOR_SAMPLES(values[to] = real_at(of, row, from));
}

void ic_tiff_take_ids(const page *of, const uint8_t *row, int stride, int plane, size_t at,
                     size_t count, void *target) {
  int64_t *values = target;
  for (size_t i = 0; i < count; i++) values[at + i] = integer_at(of, row, i * (size_t)stride);
}

void ic_tiff_take_byte_ids(const page *of, const uint8_t *row, int stride, int plane, size_t at,
                          size_t count, void *target) {
  uint8_t *values = target;
  for (size_t i = 0; i < count; i++)
    values[at + i] = (uint8_t)integer_at(of, row, i * (size_t)stride);
}

void ic_tiff_take_word_ids(const page *of, const uint8_t *row, int stride, int plane, size_t at,
                          size_t count, void *target) {
  uint16_t *values = target;
  for (size_t i = 0; i < count; i++)
    values[at + i] = (uint16_t)integer_at(of, row, i * (size_t)stride);
}
