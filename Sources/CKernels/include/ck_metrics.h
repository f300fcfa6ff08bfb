#ifndef CK_METRICS_H
#define CK_METRICS_H

#include <stdint.h>

#include "ck_layout.h"

// predictions [N, H, W]: the class of the highest logit of each pixel, the lowest of equals.
void ck_argmax(ck_layout l, const float *logits, uint8_t *predictions, int threads);

// counts[label · classes + prediction] += 1 for every pixel that is not ignored (255).
// Returns the first label that is no class, or -1; nothing is counted from there on.
int ck_confusion(const uint8_t *labels, const uint8_t *predictions, long count, int classes,
                 uint64_t *counts);

#endif
