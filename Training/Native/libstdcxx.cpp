// A libstdc++.so.6 for systems whose own is GCC 12's (Debian 12, Ubuntu 22.04); build.sh builds it.
//
// TorchSharp's native library was built with GCC 13 and asks for one function that came with it:
// std::ios_base_library_init() of version GLIBCXX_3.4.32, which constructs std::cout and its like.
// This library adds that function. It is linked to the system's libstdc++, which has all the others.
#include <ios>

extern "C" void ios_base_library_init() __asm__("_ZSt21ios_base_library_initv");

extern "C" void ios_base_library_init() {
    static std::ios_base::Init constructed;
}
