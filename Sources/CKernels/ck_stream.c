#include "ck_dispatch.h"
#include "ck_math.h"
#include "ck_random.h"

CK_KERNEL void ck_stream_uniform(ck_stream stream, float *values, long count) {
  enum { blocks = 64 };
  for (long first = 0; first < count / 4; first += blocks) {
    int n = count / 4 - first < blocks ? (int)(count / 4 - first) : blocks;
    float lanes[4][blocks];
    for (int i = 0; i < n; i++) {
      ck_philox_block b = ck_philox(stream.seed, stream.block + (uint32_t)(first + i),
                                    stream.purpose, stream.sample, stream.epoch);
      lanes[0][i] = (float)(b.word[0] >> 8) * 0x1p-24f;
      lanes[1][i] = (float)(b.word[1] >> 8) * 0x1p-24f;
      lanes[2][i] = (float)(b.word[2] >> 8) * 0x1p-24f;
      lanes[3][i] = (float)(b.word[3] >> 8) * 0x1p-24f;
    }
    for (int i = 0; i < n; i++)
      for (int lane = 0; lane < 4; lane++) values[4 * (first + i) + lane] = lanes[lane][i];
  }
}

// Cosine and sine of 2π · turns for turns in [0, 1], within 2 ulp of 1: the nearest quarter turn is
// taken off, the rest is Moshier's Cephes polynomial (sinf.c, cosf.c).
CK_INLINE void circle(float turns, float *cosine, float *sine) {
  float quarters = turns * 4;
  int quarter = (int)(quarters + 0.5f);
  float x = (quarters - (float)quarter) * 1.57079632679f, z = x * x;
  float s = ((-1.9515295891e-4f * z + 8.3321608736e-3f) * z - 1.6666654611e-1f) * z * x + x;
  float c = ((2.443315711809948e-5f * z - 1.388731625493765e-3f) * z + 4.166664568298827e-2f) * z *
                z - 0.5f * z + 1;
  float a = quarter & 1 ? s : c, b = quarter & 1 ? c : s;
  *cosine = (quarter + 1) & 2 ? -a : a;
  *sine = quarter & 2 ? -b : b;
}

CK_KERNEL void ck_stream_normal(ck_stream stream, float *values, long count) {
  enum { blocks = 64 };
  for (long first = 0; first < count / 4; first += blocks) {
    int n = count / 4 - first < blocks ? (int)(count / 4 - first) : blocks;
    float radius[2 * blocks], turns[2 * blocks];
    for (int i = 0; i < n; i++) {
      ck_philox_block b = ck_philox(stream.seed, stream.block + (uint32_t)(first + i),
                                    stream.purpose, stream.sample, stream.epoch);
      radius[2 * i] = (float)(b.word[0] >> 8) * 0x1p-24f;
      radius[2 * i + 1] = (float)(b.word[2] >> 8) * 0x1p-24f;
      turns[2 * i] = (float)(b.word[1] >> 8) * 0x1p-24f;
      turns[2 * i + 1] = (float)(b.word[3] >> 8) * 0x1p-24f;
    }
    // 2⁻²⁵ keeps the logarithm finite.
    for (int i = 0; i < 2 * n; i++) radius[i] = sqrtf(-2 * ck_log(radius[i] + 0x1p-25f));
    for (int i = 0; i < 2 * n; i++) {
      float c, s;
      circle(turns[i], &c, &s);
      values[4 * first + 2 * i] = radius[i] * c;
      values[4 * first + 2 * i + 1] = radius[i] * s;
    }
  }
}
