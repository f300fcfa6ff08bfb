#ifndef CK_DISPATCH_H
#define CK_DISPATCH_H

// Put before the definition of a function with an inner loop: compiled once for each processor
// level, the right one is picked when the program is loaded. Every level computes the same bits:
// the build forbids fused multiply-adds, and sums have a fixed number of accumulators.
#if defined(__x86_64__) && defined(__linux__)
#define CK_KERNEL __attribute__((target_clones("arch=x86-64-v4", "arch=x86-64-v3", "default")))
#else
#define CK_KERNEL
#endif

#endif
