#ifndef CK_STORED_H
#define CK_STORED_H

#include <stddef.h>
#include <stdint.h>

// Numbers as files of volumes store them.
typedef enum {
  ck_int8, ck_uint8, ck_int16, ck_uint16, ck_int32, ck_uint32, ck_int64, ck_uint64,
  ck_float16, ck_float32, ck_float64
} ck_stored;

// Copies a block of counts[0] × counts[1] × counts[2] numbers of `bytes` bytes each. Steps are in numbers.
void ck_copy_block(const uint8_t *from, const ptrdiff_t from_steps[3], uint8_t *to,
                   const ptrdiff_t to_steps[3], const size_t counts[3], size_t bytes);

// The same as ck_copy_block of one number that stands for all.
void ck_fill_block(const uint8_t *number, uint8_t *to, const ptrdiff_t to_steps[3],
                   const size_t counts[3], size_t bytes);

// Turns the order of the bytes of each number, in place.
void ck_swap_bytes(uint8_t *numbers, size_t count, size_t bytes);

// to[i] = number · slope + intercept in double precision, rounded to single.
void ck_reals_of_stored(const uint8_t *from, ck_stored kind, size_t count, double slope, double intercept,
                        float *to);

// to[i] = number · slope + intercept. Returns how many are no whole number of 64 bits with a sign, of which
// `first` is set to the first; these become 0.
size_t ck_longs_of_stored(const uint8_t *from, ck_stored kind, size_t count, double slope,
                          double intercept, int64_t *to, size_t *first);

#endif
