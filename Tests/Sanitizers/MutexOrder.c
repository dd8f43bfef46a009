// Tells the thread sanitizer what a contended Mutex of Swift's Synchronization module puts in order.
//
// Without contention, locking is inlined into code that the sanitizer sees. A thread that has to wait is served by
// libswiftSynchronization.so, which is built without the sanitizer and hands the lock over in the kernel; two
// threads that were in order then look as if they were not. Loaded in front of that library, these functions do what
// they stand for and say what it means; in programs without the sanitizer they do nothing else.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdbool.h>
#include <stdint.h>

void __tsan_acquire(void *address) __attribute__((weak));
void __tsan_release(void *address) __attribute__((weak));

#define swift_method __attribute__((swiftcall))
#define swift_self __attribute__((swift_context))

// Synchronization._MutexHandle._lockSlow(Swift.UInt32) -> ()
#define LOCK "$s15Synchronization12_MutexHandleV9_lockSlowyys6UInt32VF"
// Synchronization._MutexHandle._tryLockSlow() -> Swift.Bool
#define TRY_LOCK "$s15Synchronization12_MutexHandleV12_tryLockSlowSbyF"
// Synchronization._MutexHandle._unlockSlow() -> ()
#define UNLOCK "$s15Synchronization12_MutexHandleV11_unlockSlowyyF"

swift_method void lock(uint32_t thread, swift_self void *mutex) __asm__(LOCK);
swift_method bool try_lock(swift_self void *mutex) __asm__(TRY_LOCK);
swift_method void unlock(swift_self void *mutex) __asm__(UNLOCK);

swift_method void lock(uint32_t thread, swift_self void *mutex) {
  swift_method void (*next)(uint32_t, swift_self void *) = dlsym(RTLD_NEXT, LOCK);
  next(thread, mutex);
  if (__tsan_acquire) __tsan_acquire(mutex);
}

swift_method bool try_lock(swift_self void *mutex) {
  swift_method bool (*next)(swift_self void *) = dlsym(RTLD_NEXT, TRY_LOCK);
  bool is_locked = next(mutex);
  if (is_locked && __tsan_acquire) __tsan_acquire(mutex);
  return is_locked;
}

swift_method void unlock(swift_self void *mutex) {
  swift_method void (*next)(swift_self void *) = dlsym(RTLD_NEXT, UNLOCK);
  if (__tsan_release) __tsan_release(mutex);
  next(mutex);
}
