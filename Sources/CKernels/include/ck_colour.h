#ifndef CK_COLOUR_H
#define CK_COLOUR_H

#include <stdint.h>

// Changes of pixel values in place. Images are [channels][area] floats of 0...255, of 1 (grey) or 3
// (RGB) channels; what comes out is kept within 0...255. With `rounds` values become whole numbers
// as in images of 8 bits, halves to the even neighbour.

// values * scale + offset.
void ck_scale_values(float *values, long count, float scale, float offset, int rounds);
// 255 * (values / 255) ^ power.
void ck_gamma(float *values, long count, float power);
// 64 * floor(values / 64) + 32.
void ck_posterize(float *values, long count);
// Grey + keep * (value - grey), grey = 0.299 R + 0.587 G + 0.114 B. 3 channels.
void ck_saturate(float *rgb, long area, float keep);
// Of the grey values.
double ck_mean_grey(const float *image, long area, int channels);
void ck_exchange_channels(float *rgb, long area, const int order[3]);

// In HSV: H in [0, 180), S and V in 0...255 (OpenCV's units of 8 bits). H is moved by `hue` around the
// circle; S = saturation_scale * S + saturation, V = V + value, kept within 0...255. With `rounds` H
// and S are whole numbers before and S after the change, as bytes would hold them. 3 channels.
typedef struct {
  float hue, saturation_scale, saturation, value;
  int rounds;
} ck_hsv_change;
void ck_change_hsv(float *rgb, long area, ck_hsv_change change);
// The planes B, G, R become H, S, V, or L of 0...100, a and b of CIE 1976 (D65) cut to whole numbers
// of 0...255: false colours.
void ck_false_hsv(float *rgb, long area);
void ck_false_lab(float *rgb, long area);

// Luma: bytes of Y = 0.299 R + 0.587 G + 0.114 B, rounded; and the image with the luma `now` where it
// had `before`, its chroma as it was.
void ck_luma(const float *image, uint8_t *luma, long area, int channels);
void ck_replace_luma(float *image, const uint8_t *before, const uint8_t *now, long area,
                     int channels);
// Spreads the histogram over 0...255, as OpenCV does.
void ck_equalize(const uint8_t *source, uint8_t *target, long count);
// Contrast limited adaptive equalisation (Zuiderveld 1994) of tiles × tiles parts, each histogram
// clipped at `clip` times its mean, to the bit as OpenCV 4 does; tables [tiles][tiles][256].
void ck_clahe(const uint8_t *source, uint8_t *target, int h, int w, int tiles, double clip,
              uint8_t *tables);

// values + noise * (deviation + speckle * values), `noise` of N(0, 1).
void ck_add_noise(float *values, const float *noise, long count, float deviation, float speckle);
// Poisson counts of mean values / 255 * photons from uniform numbers, as values again; above 30
// photons the normal approximation, from `normal` of N(0, 1).
void ck_shot_noise(float *values, const float *uniform, const float *normal, long count,
                   float photons);

#endif
