package main

import (
	"context"
	"fmt"
	"os"
	"strings"
	"time"

	"github.com/chromedp/chromedp"
)

func main() {
	base, email, password, out := os.Args[1], os.Args[2], os.Args[3], os.Args[4]
	opts := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.NoSandbox, chromedp.Flag("disable-background-networking", true), chromedp.Flag("hide-scrollbars", true))
	ctx, cancel := chromedp.NewExecAllocator(context.Background(), opts...)
	defer cancel()
	ctx, cancel = chromedp.NewContext(ctx)
	defer cancel()
	ctx, cancel = context.WithTimeout(ctx, 150*time.Second)
	defer cancel()
	run := func(a chromedp.Action[chromedp.Void]) {
		if err := chromedp.Do(ctx, a); err != nil {
			fmt.Println("ERR", err)
		}
	}
	run(chromedp.Navigate(base + "/sign-in"))
	if email != "-" {
		run(chromedp.SendKeys("#f-email", email))
		run(chromedp.SendKeys("#f-password", password))
		run(chromedp.Click("button[type=submit].btn-block"))
		run(chromedp.Sleep(700 * time.Millisecond))
	}
	for _, path := range os.Args[5:] {
		path, script, _ := strings.Cut(path, "@@")
		name := strings.Trim(strings.NewReplacer("/", "_", "?", "-", "=", "-", "#", "-").Replace(path), "_")
		if name == "" {
			name = "home"
		}
		if script != "" {
			name += "-s"
		}
		for _, v := range []struct {
			w, h  int64
			theme string
		}{{1440, 900, "light"}, {360, 800, "dark"}} {
			run(chromedp.EmulateViewport(v.w, v.h))
			chromedp.Run(ctx, chromedp.Evaluate[any]("document.cookie='theme="+v.theme+"; path=/'"))
			run(chromedp.Navigate(base + path))
			run(chromedp.Sleep(250 * time.Millisecond))
			if script != "" {
				chromedp.Run(ctx, chromedp.Evaluate[any](script))
				run(chromedp.Sleep(600 * time.Millisecond))
			}
			wide, err := chromedp.Run(ctx, chromedp.Evaluate[int64]("document.documentElement.scrollWidth"))
			if err != nil {
				fmt.Println("ERR", err)
			}
			if wide > v.w {
				fmt.Println("OVERFLOW", path, v.w, wide)
			}
			buf, err := chromedp.Run(ctx, chromedp.FullScreenshot(100))
			if err != nil {
				fmt.Println("ERR", err)
			}
			os.WriteFile(fmt.Sprintf("%s/%s-%d.png", out, name, v.w), buf, 0o600)
		}
	}
}
