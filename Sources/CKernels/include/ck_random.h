#ifndef CK_RANDOM_H
#define CK_RANDOM_H

#include <stdint.h>

typedef struct {
  uint32_t word[4];
} ck_philox_block;

// Philox4x32-10 (Salmon, Moraes, Dror & Shaw, SC 2011): key = seed, counter = the other four.
static inline ck_philox_block ck_philox(uint64_t seed, uint32_t c0, uint32_t c1, uint32_t c2,
                                        uint32_t c3) {
  uint32_t k0 = (uint32_t)seed, k1 = (uint32_t)(seed >> 32);
  for (int round = 0; round < 10; round++) {
    uint64_t p0 = (uint64_t)0xD2511F53u * c0, p1 = (uint64_t)0xCD9E8D57u * c2;
    uint32_t n0 = (uint32_t)(p1 >> 32) ^ c1 ^ k0, n2 = (uint32_t)(p0 >> 32) ^ c3 ^ k1;
    c1 = (uint32_t)p1;
    c3 = (uint32_t)p0;
    c0 = n0;
    c2 = n2;
    k0 += 0x9E3779B9u;
    k1 += 0xBB67AE85u;
  }
  return (ck_philox_block){{c0, c1, c2, c3}};
}

// values[i] = deviation * z, z from N(0, 1) by Box & Muller (1958): words 2j and 2j + 1 of the
// stream (seed, purpose) give z of 2j (cosine) and 2j + 1 (sine).
void ck_random_normal(float *values, long count, float deviation, uint64_t seed, uint32_t purpose);
// values[i] uniform in [-limit, limit), word i of the stream.
void ck_random_uniform(float *values, long count, float limit, uint64_t seed, uint32_t purpose);

// Blocks block, block + 1, … of a stream (seed, purpose, sample, epoch).
typedef struct {
  uint64_t seed;
  uint32_t block, purpose, sample, epoch;
} ck_stream;

// Numbers of [0, 1), 24 bits of word i each; count is a multiple of 4.
void ck_stream_uniform(ck_stream stream, float *values, long count);
// Numbers of N(0, 1) by Box & Muller (1958) in single precision: words i and i + 1 give those of i
// (cosine) and i + 1 (sine), for even i. The same bits on every processor; count is a multiple of 4.
void ck_stream_normal(ck_stream stream, float *values, long count);

#endif
