// Command site serves the generated site on a loopback port and prints its address.
package main

import (
	"flag"
	"fmt"
	"log"
	"net"
	"net/http"
	"time"

	"zhaowen/bench/site"
)

func main() {
	s := &site.Site{}
	flag.IntVar(&s.Columns, "columns", 10, "columns")
	flag.IntVar(&s.Lists, "lists", 50, "list pages a column")
	flag.IntVar(&s.Rows, "rows", 20, "rows a list page")
	flag.Uint64Var(&s.Seed, "seed", 1, "seed of the texts")
	flag.DurationVar(&s.Latency, "latency", 0, "time before each answer")
	address := flag.String("listen", "127.0.0.1:0", "loopback address to listen on")
	flag.Parse()
	listener, err := net.Listen("tcp", *address)
	if err != nil {
		log.Fatal(err)
	}
	s.Prepare()
	fmt.Println("http://" + listener.Addr().String())
	server := &http.Server{Handler: s, ReadHeaderTimeout: 10 * time.Second}
	log.Fatal(server.Serve(listener))
}
