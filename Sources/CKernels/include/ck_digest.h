#ifndef CK_DIGEST_H
#define CK_DIGEST_H

#include <stdint.h>

// 64 bits that depend on every bit of the values and on their order; no defence against intent.
// Eight lanes take the 64-bit words in turn by xor, odd multiplication and xorshift, each of which
// can be undone, so that a change within a single word always shows.
uint64_t ck_digest(const float *values, long count);

#endif
