#ifndef CK_MATH_H
#define CK_MATH_H

#include <math.h>
#include <stdint.h>
#include <string.h>

// exp, ln, tanh and ∛ of a float from basic operations alone: a compiler makes vectors of
// them, and every processor computes the same bits, which the C library's own do not promise.
// Reduction and polynomials after Moshier's Cephes (expf.c, logf.c, tanhf.c).

#define CK_INLINE static inline __attribute__((always_inline))

CK_INLINE float ck_float_from_bits(uint32_t bits) {
  float value;
  memcpy(&value, &bits, sizeof value);
  return value;
}
CK_INLINE uint32_t ck_bits_of_float(float value) {
  uint32_t bits;
  memcpy(&bits, &value, sizeof bits);
  return bits;
}

// e^x within 2 ulp for x in [-87.33, 88]; 0 below, infinity above, NaN of NaN.
CK_INLINE float ck_exp(float x) {
  const float round = 12582912.0f;  // 1.5 · 2²³: adding it leaves an integer in the low bits
  float shifted = x * 1.44269504088896341f + round;
  float n = shifted - round;
  float r = (x - n * 0.693359375f) - n * -2.12194440e-4f;
  float p = 1.9875691500e-4f;
  p = p * r + 1.3981999507e-3f;
  p = p * r + 8.3334519073e-3f;
  p = p * r + 4.1665795894e-2f;
  p = p * r + 1.6666665459e-1f;
  p = p * r + 5.0000001201e-1f;
  p = (p * (r * r) + r) + 1.0f;
  float power = ck_float_from_bits((ck_bits_of_float(shifted) + 127u) << 23);
  float y = p * power;
  y = x < -87.33f ? 0.0f : y;
  return x > 88.0f ? INFINITY : y;
}

// ln x within 2 ulp for normal x > 0; NaN of NaN, infinity of infinity. Not for x <= 0.
CK_INLINE float ck_log(float x) {
  // x = m · 2ᵉ with m in [√½, √2): the offset carries into the exponent from √½ on.
  const uint32_t root_half = 0x3F3504F3u, one = 0x3F800000u;
  uint32_t bits = ck_bits_of_float(x) + (one - root_half);
  float e = (float)((int32_t)(bits >> 23) - 127);
  float f = ck_float_from_bits((bits & 0x007FFFFFu) + root_half) - 1.0f;
  float z = f * f;
  float p = 7.0376836292e-2f;
  p = p * f - 1.1514610310e-1f;
  p = p * f + 1.1676998740e-1f;
  p = p * f - 1.2420140846e-1f;
  p = p * f + 1.4249322787e-1f;
  p = p * f - 1.6668057665e-1f;
  p = p * f + 2.0000714765e-1f;
  p = p * f - 2.4999993993e-1f;
  p = p * f + 3.3333331174e-1f;
  float y = p * f * z + e * -2.12194440e-4f - 0.5f * z;
  y = (f + y) + e * 0.693359375f;
  return x < INFINITY ? y : x;
}

// tanh x within 4 ulp, NaN of NaN: a polynomial near 0, where 1 − 2 / (e²ˣ + 1) would lose what is small.
CK_INLINE float ck_tanh(float x) {
  float size = ck_float_from_bits(ck_bits_of_float(x) & 0x7FFFFFFFu);
  float z = x * x;
  float p = -5.70498872745e-3f;
  p = p * z + 2.06390887954e-2f;
  p = p * z - 5.37397155531e-2f;
  p = p * z + 1.33314422036e-1f;
  p = p * z - 3.33332819422e-1f;
  float near = p * z * x + x;
  float far = 1 - 2 / (ck_exp(2 * size) + 1);
  return size < 0.625f ? near : x < 0 ? -far : far;
}

// ∛x within 2 ulp for normal x > 0; 0 of 0, NaN of NaN, infinity of infinity; below normal numbers
// less than 1e-12. Not for x < 0. Two steps of Halley's method from a third of the exponent.
CK_INLINE float ck_cbrt(float x) {
  float t = ck_float_from_bits(ck_bits_of_float(x) / 3u + 0x2A5137A0u);
  for (int step = 0; step < 2; step++) {
    float r = x / (t * t);
    t = t + t * ((r - t) / (2.0f * t + r));
  }
  float y = x < INFINITY ? t : x;
  return x > 0 ? y : x;
}

#endif
