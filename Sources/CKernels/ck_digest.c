#include "ck_digest.h"

#include <string.h>

#include "ck_dispatch.h"
#include "ck_math.h"

enum { LANES = 8, STRIDE = 2 * LANES };

static const uint64_t odd = 0x9E3779B97F4A7C15u;  // 2⁶⁴ / golden ratio

CK_INLINE uint64_t mixed(uint64_t state, uint64_t word) {
  state = (state ^ word) * odd;
  return state ^ state >> 32;
}

CK_KERNEL uint64_t ck_digest(const float *values, long count) {
  uint64_t lane[LANES], word[LANES];
  for (int k = 0; k < LANES; k++) lane[k] = odd * (uint64_t)(k + 1);
  for (long i = 0; i < count; i += STRIDE) {
    long length = count - i < STRIDE ? count - i : STRIDE;
    if (length < STRIDE) memset(word, 0, sizeof word);
    memcpy(word, values + i, (size_t)length * sizeof *values);
    for (int k = 0; k < LANES; k++) lane[k] = mixed(lane[k], word[k]);
  }
  uint64_t digest = mixed(0, (uint64_t)count);
  for (int k = 0; k < LANES; k++) digest = mixed(digest, lane[k]);
  return digest;
}
