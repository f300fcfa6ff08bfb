#include "ck_stored.h"

#include <string.h>

#define COPY_BLOCK(type)                                                              \
  do {                                                                                \
    for (size_t i = 0; i < counts[0]; i++)                                            \
      for (size_t j = 0; j < counts[1]; j++) {                                        \
        const type *row = (const type *)from + (ptrdiff_t)i * from_steps[0] +         \
                          (ptrdiff_t)j * from_steps[1];                               \
        type *into = (type *)to + (ptrdiff_t)i * to_steps[0] + (ptrdiff_t)j * to_steps[1]; \
        if (from_steps[2] == 1 && to_steps[2] == 1) {                                 \
          memcpy(into, row, counts[2] * sizeof(type));                                \
        } else {                                                                      \
          for (size_t k = 0; k < counts[2]; k++)                                      \
            into[(ptrdiff_t)k * to_steps[2]] = row[(ptrdiff_t)k * from_steps[2]];     \
        }                                                                             \
      }                                                                               \
  } while (0)

// Numbers in files lie anywhere in memory.
typedef uint16_t __attribute__((aligned(1), may_alias)) loose16;
typedef uint32_t __attribute__((aligned(1), may_alias)) loose32;
typedef uint64_t __attribute__((aligned(1), may_alias)) loose64;

void ck_copy_block(const uint8_t *from, const ptrdiff_t from_steps[3], uint8_t *to,
                   const ptrdiff_t to_steps[3], const size_t counts[3], size_t bytes) {
  switch (bytes) {
    case 1: COPY_BLOCK(uint8_t); break;
    case 2: COPY_BLOCK(loose16); break;
    case 4: COPY_BLOCK(loose32); break;
    default: COPY_BLOCK(loose64); break;
  }
}

void ck_fill_block(const uint8_t *number, uint8_t *to, const ptrdiff_t to_steps[3],
                   const size_t counts[3], size_t bytes) {
  const ptrdiff_t still[3] = {0, 0, 0};
  ck_copy_block(number, still, to, to_steps, counts, bytes);
}

void ck_swap_bytes(uint8_t *numbers, size_t count, size_t bytes) {
  switch (bytes) {
    case 2: for (size_t i = 0; i < count; i++) ((loose16 *)numbers)[i] = __builtin_bswap16(((loose16 *)numbers)[i]); break;
    case 4: for (size_t i = 0; i < count; i++) ((loose32 *)numbers)[i] = __builtin_bswap32(((loose32 *)numbers)[i]); break;
    case 8: for (size_t i = 0; i < count; i++) ((loose64 *)numbers)[i] = __builtin_bswap64(((loose64 *)numbers)[i]); break;
    default: break;
  }
}

// A half-precision number (IEEE 754, binary16).
static double from_half(uint16_t half) {
  uint64_t sign = (uint64_t)(half >> 15) << 63, exponent = half >> 10 & 31, fraction = half & 1023;
  uint64_t bits;
  if (exponent == 31) {
    bits = sign | (uint64_t)2047 << 52 | fraction << 42;
  } else if (exponent) {
    bits = sign | (exponent + 1008) << 52 | fraction << 42;
  } else {
    double value = (double)fraction / 16777216.0;
    return sign ? -value : value;
  }
  double value;
  memcpy(&value, &bits, sizeof value);
  return value;
}

#define FOR_KINDS(body)                                                                          \
  switch (kind) {                                                                                \
    case ck_int8: body(int8_t, (double)value); break;                                            \
    case ck_uint8: body(uint8_t, (double)value); break;                                          \
    case ck_int16: body(int16_t, (double)value); break;                                          \
    case ck_uint16: body(uint16_t, (double)value); break;                                        \
    case ck_int32: body(int32_t, (double)value); break;                                          \
    case ck_uint32: body(uint32_t, (double)value); break;                                        \
    case ck_int64: body(int64_t, (double)value); break;                                          \
    case ck_uint64: body(uint64_t, (double)value); break;                                        \
    case ck_float16: body(uint16_t, from_half(value)); break;                                    \
    case ck_float32: body(float, (double)value); break;                                          \
    case ck_float64: body(double, value); break;                                                 \
  }

#define EACH(type, as_double)                              \
  for (size_t i = 0; i < count; i++) {                     \
    type value;                                            \
    memcpy(&value, from + i * sizeof(type), sizeof value); \
    TAKE(as_double);                                       \
  }

void ck_reals_of_stored(const uint8_t *from, ck_stored kind, size_t count, double slope, double intercept,
                        float *to) {
  if (slope == 1 && intercept == 0) {
    if (kind == ck_float32) {
      memcpy(to, from, count * sizeof *to);
      return;
    }
#define TAKE(as_double) to[i] = (float)(as_double)
#define TO_REALS(type, as_double) EACH(type, as_double)
    FOR_KINDS(TO_REALS)
#undef TAKE
    return;
  }
#define TAKE(as_double) to[i] = (float)((as_double) * slope + intercept)
  FOR_KINDS(TO_REALS)
#undef TAKE
}

// Integers of 64 bits do not pass through a double.
static size_t longs_of_wide(const uint8_t *from, ck_stored kind, size_t count, int64_t *to, size_t *first) {
  size_t wrong = 0;
  memcpy(to, from, count * sizeof *to);
  if (kind == ck_int64) return 0;
  for (size_t i = 0; i < count; i++)
    if (to[i] < 0) {
      if (!wrong++) *first = i;
      to[i] = 0;
    }
  return wrong;
}

size_t ck_longs_of_stored(const uint8_t *from, ck_stored kind, size_t count, double slope,
                          double intercept, int64_t *to, size_t *first) {
  if (slope == 1 && intercept == 0 && (kind == ck_int64 || kind == ck_uint64))
    return longs_of_wide(from, kind, count, to, first);
  size_t wrong = 0;
#define TAKE(as_double)                                                       \
  do {                                                                        \
    double number = (as_double) * slope + intercept;                          \
    int fits = number >= -9223372036854774784.0 && number <= 9223372036854774784.0; \
    int64_t whole = fits ? (int64_t)number : 0;                               \
    if (!fits || (double)whole != number) {                                   \
      if (!wrong++) *first = i;                                               \
      whole = 0;                                                              \
    }                                                                         \
    to[i] = whole;                                                            \
  } while (0)
#define TO_LONGS(type, as_double) EACH(type, as_double)
  FOR_KINDS(TO_LONGS)
#undef TAKE
  return wrong;
}
