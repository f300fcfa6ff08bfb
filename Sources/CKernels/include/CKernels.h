#ifndef CKERNELS_H
#define CKERNELS_H
// The C of the engine's inner loops: everything that runs once per pixel or per parameter.
#include "ck_activation.h"
#include "ck_batch_norm.h"
#include "ck_channels.h"
#include "ck_columns.h"
#include "ck_dispatch.h"
#include "ck_dropout.h"
#include "ck_elementwise.h"
#include "ck_layout.h"
#include "ck_parallel.h"
#include "ck_pooling.h"
#include "ck_random.h"
#endif
